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
}

/** Fields that show the name of another row: where that name stands. */
const named: Record<string, string> = {
  accountId: 'accountName', accountTypeId: 'accountType', accountOwner: 'owner', parentAccountId: 'parentAccountName',
};
const united = new Set(['tags', 'isPrincipal', 'isDistributor', 'customFields']);

/** The fields in which the records differ, in the order of their page. */
export function fieldsToChoose(module: CrmModule, rows: readonly Row[]): MergeField[] {
  const own = mergedFields(module.record).filter(field => field !== 'customFields');
  const words = new Map(module.catalog.filter(f => f.view === 'detail').map(f => [f.field, f]));
  return own.flatMap(field => {
    const kind = words.get(field)?.kind ?? null;
    const text = (row: Row): string | null =>
      named[field] ? shownText(row[named[field]]) : fieldText(row, { field, kind });
    const texts = Object.fromEntries(rows.map(row => [row.id, text(row)]));
    if (new Set(Object.values(texts)).size < 2) return [];
    return [{ field, label: words.get(field)?.label ?? choiceLabel(field), texts, united: united.has(field) }];
  });
}

/** Whose value is kept: the one that was chosen, else the survivor's, else the first that has one. */
export const keptFrom = (
  { field, texts }: MergeField, survivorId: string, choices: Readonly<Record<string, string>>,
): string =>
  choices[field] ?? (texts[survivorId] === null && field !== 'parentAccountId'
    ? Object.keys(texts).find(id => texts[id] !== null) : undefined) ?? survivorId;
