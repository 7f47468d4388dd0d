import type { z } from 'zod';
import type { Endpoint, Nothing } from '#domain/platform/contract.ts';
import { mergeEndpoints, type MergeRequest } from '#domain/crm/duplicate/merge.contract.ts';
import { mergedFields } from '#domain/crm/duplicate/merge.ts';
import { choiceLabel, fieldText, isCustom, shownText, type CrmModule, type Row } from '../crm-module.ts';

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
  /** All of it cannot be kept: nothing is, until somebody chooses. */
  asked: boolean;
  /** What becomes of the values that are not chosen, if they are kept too. */
  note: string | null;
}

/** Fields that show the name of another row: where that name stands. */
const named: Record<string, string> = {
  accountId: 'accountName', opportunityId: 'opportunityName',
  accountTypeId: 'accountType', accountOwner: 'owner', parentAccountId: 'parentAccountName',
};
const united = new Set(['tags', 'emails', 'phones', 'isPrincipal', 'isDistributor']);

/** Fields whose other values are kept among the further ones. */
const further = new Set(['emailAddress', 'workPhone', 'mobile']);
const noteOf = (name: string, field: string): string | null =>
  united.has(field) ? 'All are kept' : name === 'contact' && further.has(field) ? 'Others become further ones' : null;

/** Further addresses and numbers, one behind the other. */
const listed = (value: unknown): string | null =>
  Array.isArray(value) && typeof value[0] === 'object'
    ? (value as { value: string }[]).map(v => v.value).join(', ') : null;

/** The fields in which the records differ, in the order of their page; and those that are asked for besides. */
export function fieldsToChoose(
  module: Pick<CrmModule, 'record' | 'catalog'>, rows: readonly Row[], asked: ReadonlySet<string> = new Set(),
): MergeField[] {
  const words = new Map(module.catalog.filter(f => f.view === 'detail').map(f => [f.field!, f]));
  const own = mergedFields(module.record).filter(field => field !== 'customFields');
  const given = [...words.values()].filter(isCustom).map(f => f.field!);
  return [...own, ...given].flatMap(field => {
    const kind = words.get(field)?.kind ?? null;
    const text = (row: Row): string | null =>
      listed(row[field]) ?? (named[field] ? shownText(row[named[field]]) : fieldText(row, { field, kind }));
    const texts = Object.fromEntries(rows.map(row => [row.id, text(row)]));
    const isAsked = asked.has(field);
    if (new Set(Object.values(texts)).size < 2 && !isAsked) return [];
    const label = words.get(field)?.label ?? choiceLabel(field);
    const note = isAsked ? 'Too many to keep all' : noteOf(module.record.name, field);
    return [{ field, label, texts, united: united.has(field) && !isAsked, asked: isAsked, note }];
  });
}

/** Fields of which not all can be kept, as the server says: somebody has to choose. */
export const askedFields = (errors: Readonly<Record<string, string>>): string[] =>
  Object.keys(errors).flatMap(name => (name.startsWith('choices.') ? [name.slice('choices.'.length)] : []))
    .filter(field => united.has(field));

/**
 * Whose value is kept: the one that was chosen, else the survivor's, else the first that has one. An extension is one
 * of the work phone that is kept.
 */
export function keptFrom(
  { field, texts, asked }: MergeField, survivorId: string, choices: Readonly<Record<string, string>>,
  among: readonly MergeField[] = [],
): string | null {
  if (choices[field] || asked) return choices[field] ?? null;
  const phone = field === 'extension' ? among.find(line => line.field === 'workPhone') : undefined;
  const from = (phone && keptFrom(phone, survivorId, choices)) ?? survivorId;
  if (texts[from] !== null || field === 'parentAccountId') return from;
  const isOfIt = (id: string): boolean => !phone?.texts[from] || phone.texts[id] === phone.texts[from];
  return Object.keys(texts).find(id => texts[id] !== null && isOfIt(id)) ?? from;
}
