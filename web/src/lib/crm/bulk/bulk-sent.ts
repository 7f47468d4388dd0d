import type { CatalogField } from '#domain/crm/field-catalog.ts';
import { nested } from '#domain/platform/custom-field/custom-field.ts';
import type { NewBulk, NewExport } from '#domain/platform/job/job.contract.ts';
import type { AnyRecord } from '#domain/platform/record.ts';
import { wordsOf } from '#domain/platform/shape/word-list.ts';
import type { Selection } from '#lib/platform/table/row-action.ts';
import { fieldsOf, isCustom, type ListModule } from '../crm-module.ts';
import { isTyped, sentValue, type FormValues } from '../record-values.ts';

/** What is filled in, of all that can be asked. */
export interface Draft {
  fields: FormValues;
  ownerId: string;
  groupId: string;
  tags: string;
}

/** What is known of a kind of record whose rows are changed many at once. */
export interface BulkModule extends Pick<ListModule, 'catalog' | 'noun' | 'plural' | 'title' | 'jobs'> {
  record: Pick<AnyRecord, 'name' | 'Patch'>;
  /** What becomes of them when they are deleted, where that is not as mostly. */
  gone?: string;
  /** Its fields as the API takes them, where that is not as they are typed. */
  sends?: (fields: Record<string, unknown>) => Record<string, unknown>;
}

/** Whose name they are part of: it is its own. */
const ofNames = ['firstName', 'lastName', 'accountName'];
/** Fields that many records can be given at once: what one can be given on its page or in its form, but its name. */
export const bulkFields = (module: BulkModule): CatalogField[] => {
  const taken = new Set([module.title, ...ofNames]);
  return [...fieldsOf(module, 'detail'), ...fieldsOf(module, 'create')].filter(f => {
    const free = !taken.has(f.field!);
    taken.add(f.field!);
    return free && isTyped(f) && (isCustom(f) || f.field! in module.record.Patch.shape);
  });
};

/** Which rows are meant; with all that fit, how many the reader saw to fit. */
export const whichSent = (selection: Selection): Pick<NewBulk, 'ids' | 'matching' | 'count'> =>
  'ids' in selection
    ? { ids: selection.ids }
    : { matching: selection.query, ...(selection.capped ? {} : { count: selection.count }) };

/** What is done to them. */
export function changeSent(module: BulkModule, action: NewBulk['action'], draft: Draft): Partial<NewBulk> {
  const words = wordsOf(draft.tags);
  if (action === 'reassign') return { ownerId: draft.ownerId || undefined };
  if (action === 'group') return { groupId: draft.groupId || undefined };
  if (action === 'tag') return { tags: words.length ? words : undefined };
  if (action === 'delete') return {};
  const sent = bulkFields(module).flatMap(f =>
    f.field! in draft.fields ? [[f.field!, sentValue(f, draft.fields[f.field!]!)]] : []);
  const fields = nested(Object.fromEntries(sent) as Record<string, unknown>);
  return { fields: module.sends?.(fields) ?? fields };
}

/** The rows as a list is asked for them. */
export const fileQuery = (selection: Selection, sort: string | undefined): NewExport['query'] =>
  'ids' in selection ? { filter: { id: { in: selection.ids } }, sort } : { ...selection.query, sort };
