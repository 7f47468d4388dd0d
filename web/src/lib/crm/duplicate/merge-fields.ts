import type { z } from 'zod';
import type { Endpoint, Nothing } from '#domain/platform/contract.ts';
import { mergeEndpoints, type MergeRequest } from '#domain/crm/duplicate/merge.contract.ts';
import { mergedFields } from '#domain/crm/duplicate/merge.ts';
import { choiceLabel, fieldText, shownText, type CrmModule, type Row } from '../crm-module.ts';

type Answer = Pick<z.output<typeof mergeEndpoints.contacts.returns>, 'mergeId' | 'moved'>;

/** What merges records of this name. */
export const mergeEndpointOf = (name: string): Endpoint<Nothing, Nothing, typeof MergeRequest, z.ZodType<Answer>> =>
  name === 'contact' ? mergeEndpoints.contacts : mergeEndpoints.accounts;

/** One line of the merge page. */
export interface MergeField {
  field: string;
  label: string;
  /** What each record has, by its id; null where it has nothing. */
  texts: Record<string, string | null>;
  /** All of it is kept, so that there is nothing to choose. */
  united: boolean;
  /** What becomes of the values that are not chosen, if they are kept too. */
  note: string | null;
}

/** Fields that show the name of another row: where that name stands. */
const named: Record<string, string> = {
  accountId: 'accountName', opportunityId: 'opportunityName',
  accountTypeId: 'accountType', accountOwner: 'owner', parentAccountId: 'parentAccountName',
};
const united = new Set(['tags', 'emails', 'phones', 'isPrincipal', 'isDistributor', 'customFields']);

/** Fields whose other values are kept among the further ones. */
const further = new Set(['emailAddress', 'workPhone', 'mobile']);
const noteOf = (name: string, field: string): string | null =>
  united.has(field) ? 'All are kept' : name === 'contact' && further.has(field) ? 'Others become further ones' : null;

/** Further addresses and numbers, one behind the other. */
const listed = (value: unknown): string | null =>
  Array.isArray(value) && typeof value[0] === 'object'
    ? (value as { value: string }[]).map(v => v.value).join(', ') : null;

/** The fields in which the records differ, in the order of their page. */
export function fieldsToChoose(module: CrmModule, rows: readonly Row[]): MergeField[] {
  const own = mergedFields(module.record).filter(field => field !== 'customFields');
  const words = new Map(module.catalog.filter(f => f.view === 'detail').map(f => [f.field, f]));
  return own.flatMap(field => {
    const kind = words.get(field)?.kind ?? null;
    const text = (row: Row): string | null =>
      listed(row[field]) ?? (named[field] ? shownText(row[named[field]]) : fieldText(row, { field, kind }));
    const texts = Object.fromEntries(rows.map(row => [row.id, text(row)]));
    if (new Set(Object.values(texts)).size < 2) return [];
    const label = words.get(field)?.label ?? choiceLabel(field);
    return [{ field, label, texts, united: united.has(field), note: noteOf(module.record.name, field) }];
  });
}

/**
 * Whose value is kept: the one that was chosen, else the survivor's, else the first that has one. An extension is one
 * of the work phone that is kept.
 */
export function keptFrom(
  { field, texts }: MergeField, survivorId: string, choices: Readonly<Record<string, string>>,
  among: readonly MergeField[] = [],
): string {
  if (choices[field]) return choices[field];
  const phone = field === 'extension' ? among.find(line => line.field === 'workPhone') : undefined;
  const from = phone ? keptFrom(phone, survivorId, choices) : survivorId;
  if (texts[from] !== null || field === 'parentAccountId') return from;
  const isOfIt = (id: string): boolean => !phone?.texts[from] || phone.texts[id] === phone.texts[from];
  return Object.keys(texts).find(id => texts[id] !== null && isOfIt(id)) ?? from;
}
