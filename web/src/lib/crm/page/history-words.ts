import type { CatalogField, CatalogKind } from '#domain/crm/field-catalog.ts';
import { fieldText, type Row } from '../crm-module.ts';

/** Fields that hold the id or the key of something. */
const naming: readonly (CatalogKind | null)[] = [
  'user', 'account', 'type', 'contact', 'principal', 'distributor', 'opportunity', 'product', 'stage', 'category',
];
/** Those whose values the field catalog has words for; others are said as they are. */
const worded: readonly (CatalogKind | null)[] = [
  'choice', 'choices', 'boolean', 'cents', 'percent', 'day', 'words', 'typed',
];

/** What a history says of a value; null of one without a word of its own. */
export function historyWord(
  catalog: readonly Pick<CatalogField, 'field' | 'kind'>[], names: Readonly<Record<string, string>>,
  { row, field, value }: { row: Row; field: string; value: unknown },
): string | null {
  const of = catalog.find(f => f.field === field && f.kind !== null);
  if (!of || value === null || value === undefined || value === '') return null;
  if (naming.includes(of.kind)) return names[String(value)] ?? 'not shown to you';
  return worded.includes(of.kind) ? fieldText(row, of, value) : null;
}
