import type { z } from 'zod';
import type { CatalogField } from '#domain/crm/field-catalog.ts';
import { heldIn, nested } from '#domain/platform/custom-field/custom-field.ts';
import { typedLines, typedValues } from '#domain/platform/shape/typed-lines.ts';
import { wordsOf, wordsText } from '#domain/platform/shape/word-list.ts';
import { centsDecimal, typedCents } from '#lib/platform/amount.ts';
import type { CrmModule, Row } from './crm-module.ts';

/** What a form holds: texts as people type them, switches. */
export type FormValues = Record<string, string | boolean>;
type Field = Pick<CatalogField, 'field' | 'kind'>;

/** What no form sets: the server makes it of other fields. */
const generated = new Set([
  'contactType', 'fullName', 'leadScore', 'stageSince', 'weightedValue', 'stockLevel', 'pairName',
  'createdAt', 'createdBy', 'updatedAt',
  'updatedBy', 'version',
]);
export const isTyped = ({ field }: Field): boolean => field !== null && !generated.has(field);

/** Whether a record can be without a value of it that it had. */
export const canBeEmpty = (
  { record }: { record: Pick<CrmModule['record'], 'Patch'> }, { field, custom, required }: CatalogField,
): boolean => {
  if (custom) return !required;
  const shape = record.Patch.shape[field!] as z.ZodType | undefined;
  return shape?.safeParse(null).success ?? false;
};

/** A value as its control has it. */
export function controlValue({ kind }: Field, value: unknown): string | boolean {
  if (kind === 'boolean') return value === true;
  if (kind === 'typed') return typedLines(value).join('\n');
  if (Array.isArray(value)) return wordsText(value.map(String));
  if (value === null || value === undefined) return '';
  if (kind === 'cents') return centsDecimal(Number(value));
  // Days stand in UTC.
  return kind === 'day' ? String(value).slice(0, 10) : String(value);
}

/**
 * Whether somebody set another value than the record holds; a switch that was never set is off, a list without entries
 * is empty, and a number is the same however many zeros it ends with.
 */
export const isChanged = (field: Field, sent: unknown, held: unknown): boolean =>
  compared(field, sent) !== compared(field, held);
function compared(field: Field, value: unknown): string | boolean | number {
  const shown = controlValue(field, value);
  return isNumber(field) && shown !== '' ? Number(shown) : shown;
}
const isNumber = ({ kind }: Field): boolean => kind === 'percent' || kind === 'number';

/** The same as the API takes it: blank is empty. */
export function sentValue(field: Field, value: string | boolean): unknown {
  const { kind } = field;
  if (typeof value === 'boolean') return value;
  if (kind === 'words' || kind === 'choices') return wordsOf(value);
  const text = value.trim();
  if (text === '') return null;
  if (kind === 'typed') return typedValues(text.split('\n'));
  if (kind === 'cents') return typedCents(text);
  if (isNumber(field)) return Number.isFinite(Number(text)) ? Number(text) : text;
  return text;
}

export const formValues = (fields: readonly Field[], row: Row | Record<string, unknown>): FormValues =>
  Object.fromEntries(fields.map(f => [f.field!, controlValue(f, heldIn(row, f.field!))]));

/** Of a new record, what was filled in; of a change, what differs. */
export function sentFields(
  fields: readonly Field[], values: FormValues, changed?: readonly string[],
): Record<string, unknown> {
  return nested(Object.fromEntries(
    fields.flatMap(f => {
      const sent = sentValue(f, values[f.field!] ?? '');
      if (changed ? !changed.includes(f.field!) : sent === null) return [];
      return [[f.field!, sent]];
    }),
  ));
}

/** What is wrong with several fields, in one text: a message that goes on from the name of its field begins small. */
export const faultsText = (catalog: readonly CatalogField[], faults: Record<string, string>): string =>
  Object.entries(faults)
    .map(([name, why]) => (/^[a-z]/.test(why) ? `${catalog.find(f => f.field === name)?.label ?? name} ${why}` : why))
    .join('; ');
