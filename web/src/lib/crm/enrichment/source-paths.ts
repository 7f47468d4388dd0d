import { enrichedFields, type EnrichedField, type FieldPaths } from '#domain/crm/enrichment/enrichment.ts';

/** Of every field the place that somebody typed, or nothing. */
export const pathsText = (paths: FieldPaths): Record<EnrichedField, string> =>
  Object.fromEntries(enrichedFields.map(field => [field, paths[field] ?? ''])) as Record<EnrichedField, string>;

/** What is said of the fields; of those without a word nothing. */
export const pathsOf = (typed: Record<EnrichedField, string>): FieldPaths =>
  Object.fromEntries(Object.entries(typed).map(([field, path]) => [field, path.trim()]).filter(([, path]) => path));
