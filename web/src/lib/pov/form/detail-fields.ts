import type { JsonObject } from '#domain/platform/field.ts';
import type { Phase } from '#domain/pov/phase.ts';
import { standardTemplate } from '#domain/pov/standard-template.ts';

/** One sub-item of a phase that can be filled in: a text, a yes or no, or a number. */
export interface DetailField {
  key: string;
  label: string;
  kind: 'text' | 'flag' | 'number';
}
export type DetailValues = Record<string, string | boolean>;

/** Kept by the product itself. */
const ownKeys = new Set(['metadata', 'tasks']);
/** The seven details of an initiation (POV-028). */
const initiation: JsonObject = standardTemplate.workflow[0]!.details;

/** `valueCriteria` is "Value criteria". */
export const detailLabel = (key: string): string => {
  if (key === 'customerSignoff') return 'The customer has signed off';
  const words = key
    .replace(/[_-]+/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return words ? words[0]!.toUpperCase() + words.slice(1) : key;
};

const kindOf = (value: unknown): DetailField['kind'] | null =>
  typeof value === 'boolean'
    ? 'flag'
    : typeof value === 'number'
      ? 'number'
      : typeof value === 'string' || value === null
        ? 'text'
        : null;

/** JSON keeps no order: known sub-items stand as the standard template has them. */
const order = standardTemplate.workflow.flatMap(d => Object.keys(d.details));

/** What of a phase's details has a field; whatever is more than that is left alone. */
export function detailFields(phase: Pick<Phase, 'name' | 'details'>): DetailField[] {
  const details = { ...(phase.name.trim().toLowerCase() === 'initiation' ? initiation : {}), ...phase.details };
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.entries(details)
    .flatMap(([key, value]): DetailField[] => {
      const kind = ownKeys.has(key) ? null : kindOf(value);
      return kind ? [{ key, label: detailLabel(key), kind }] : [];
    })
    .sort((a, b) => place(a.key) - place(b.key));
}

export const detailValues = (fields: readonly DetailField[], details: JsonObject | null): DetailValues =>
  Object.fromEntries(
    fields.map(({ key, kind }) => [key, kind === 'flag' ? details?.[key] === true : String(details?.[key] ?? '')]),
  );

/** The details that changed, as the API keeps them. */
export function changedDetails(
  fields: readonly DetailField[],
  values: DetailValues,
  details: JsonObject | null,
): JsonObject {
  const before = detailValues(fields, details);
  return Object.fromEntries(
    fields
      .filter(({ key }) => values[key] !== before[key])
      .map(({ key, kind }) => [
        key,
        kind === 'number' && values[key] !== '' ? Number(values[key]) : (values[key] ?? null),
      ]),
  );
}
