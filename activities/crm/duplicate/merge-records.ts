import { Account } from '../../../db/crm/account.entity.ts';
import { Contact } from '../../../db/crm/contact.entity.ts';
import { RecordMerge } from '../../../db/crm/duplicate/record-merge.entity.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import type { DuplicateSubject } from '../../../domain/crm/duplicate/match.ts';
import { merged, mergeEndpoints, MergeRequest, undoDays } from '../../../domain/crm/duplicate/merge.contract.ts';
import { mergedFields, whyNotChoose, type KeptMerge } from '../../../domain/crm/duplicate/merge.ts';
import { customName } from '../../../domain/platform/custom-field/custom-field.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { iso } from '../../../domain/platform/process.ts';
import { customFieldsFor, withFieldsInUse } from '../../platform/custom-field/keep-custom-fields.ts';
import { verb, type VerbContext } from '../../platform/verb.ts';
import { linkFollowsAccount } from '../contact-links.ts';
import { contactMerged, primaryOf } from '../contact-verbs.ts';
import { followLinks, selfRelations, standAlone } from './account-merge.ts';
import { claimAll, kinds, type Mergeable } from './claim-records.ts';
import { followFilters } from './kept-filters.ts';
import { moveReferences } from './move-references.ts';
import { scoreMerged } from '../scoring/score-merged.ts';
import { followNames } from './name-copies.ts';
import { decidePairs } from './pairs.ts';
import { plain, unitedValues } from './united-values.ts';

type Values = Record<string, unknown>;
const dayMs = 86_400_000;

/** Makes one contact of several (CRM-035). */
export const mergeContacts = verb(
  {
    name: 'merge-contacts', needs: 'contact:merge', input: MergeRequest, output: mergeEndpoints.contacts.returns,
  },
  async (ctx, request) => {
    const answer = await mergeOrTry(ctx, 'contact', request);
    return { ...answer, record: contacts.Row.parse(answer.record) };
  },
);

/** Makes one account of several. */
export const mergeAccounts = verb(
  {
    name: 'merge-accounts', needs: 'account:merge', input: MergeRequest, output: mergeEndpoints.accounts.returns,
  },
  async (ctx, request) => {
    const answer = await mergeOrTry(ctx, 'account', request);
    return { ...answer, record: accounts.Row.parse(answer.record) };
  },
);

interface Answer {
  mergeId: string | null;
  record: Values;
  moved: { table: string; count: number }[];
  undoUntil: string | null;
}
/** Takes a try back. */
class Tried extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('A dry run');
    this.answer = answer;
  }
}

async function mergeOrTry(ctx: VerbContext, subject: DuplicateSubject, request: MergeRequest): Promise<Answer> {
  if (!request.dryRun) return merge(ctx, subject, request);
  try {
    return await ctx.attempt(async () => {
      const answer = await merge(ctx, subject, request);
      throw new Tried({ ...answer, mergeId: null, undoUntil: null });
    });
  } catch (e) {
    if (e instanceof Tried) return e.answer;
    throw e;
  }
}

async function merge(
  ctx: VerbContext, subject: DuplicateSubject, { survivorId, mergedIds, choices }: MergeRequest,
): Promise<Answer> {
  const { em, now } = ctx;
  const { record } = kinds[subject];
  const ids = [survivorId, ...mergedIds];
  if (new Set(ids).size < ids.length) throw invalidField('mergedIds', 'names a record twice');
  const fields = mergedFields(record);
  const given = (await customFieldsFor(ctx, subject)).filter(f => f.active).map(f => customName(f.key));
  const wrong = whyNotChoose([...fields, ...given], ids, choices);
  if (wrong) throw invalidField(`choices/${wrong.field}`, wrong.why);
  const { survivor, others } = await claimAll(ctx, subject, { survivorId, mergedIds });
  const before = plain(survivor, fields);
  if (survivor instanceof Account) await standAlone(ctx, survivor, mergedIds);
  const after = await unitedValues(ctx, [survivor, ...others], fields, choices);
  if (survivor instanceof Contact && !choices['accountId'])
    after['accountId'] = await livingAccount(ctx, survivor, after);
  for (const row of others) Object.assign(row, { deletedAt: new Date(now), mergedIntoId: survivorId });
  await em.flush();
  const selves = subject === 'account' ? await selfRelations(ctx, ids) : [];
  const found = await moveReferences(ctx, record.tableName, { survivorId, mergedIds });
  if (selves.length) found.removed.push({ table: 'principal_distributor_relationship', ids: selves });
  const changes = await withFieldsInUse(ctx, subject, only(after, plain(survivor, fields)));
  const former = survivor instanceof Contact ? await primaryOf(ctx, after['accountId'], survivorId) : [];
  if (survivor instanceof Contact) await contactMerged(ctx, survivorId, changes);
  else await ctx.run(kinds.account.verbs.patch, { id: survivorId, fields: changes });
  const aside = former.filter(contact => !contact.isPrimary).map(contact => contact.id);
  if (aside.length) found.steppedBack.push({ table: 'contact', ids: aside });
  const renamed = survivor instanceof Account
    ? await followNames(ctx, found.moved, namesOf(others), survivor.accountName) : [];
  const filters = await followFilters(ctx, survivorId, mergedIds);
  const promoted = survivor instanceof Account ? await followLinks(ctx, survivorId) : [];
  if (survivor instanceof Contact) await linkFollowsAccount(ctx, survivor);
  await em.flush();
  await scoreMerged(ctx, subject, [survivorId]);
  const settled = plain(survivor, fields);
  const kept: KeptMerge = {
    ...found, promoted, renamed, filters, before: only(before, settled), after: only(settled, before),
  };
  const title = String((survivor as unknown as Values)[record.title]);
  const row = em.create(RecordMerge, { id: ctx.id(), subject, survivorId, title, mergedIds, kept });
  await em.flush();
  await decidePairs(ctx, ids, 'open', 'merged');
  tell(ctx, subject, { survivorId, title, others });
  return {
    mergeId: row.id, record: shown(survivor), moved: counts(found.moved), undoUntil: iso(now + undoDays * dayMs),
  };
}

const namesOf = (others: readonly Mergeable[]): Map<string, string> =>
  new Map(others.flatMap(other => (other instanceof Account ? [[other.id, other.accountName]] : [])));

/** A contact does not come to belong to an account that is deleted. */
async function livingAccount({ em }: VerbContext, { accountId }: Contact, after: Values): Promise<unknown> {
  const next = after['accountId'] as string | null;
  if (!next || next === accountId || (await em.count(Account, { id: next, deletedAt: null }))) return next;
  return accountId ?? null;
}

function tell(
  ctx: VerbContext, subject: DuplicateSubject,
  { survivorId, title, others }: { survivorId: string; title: string; others: readonly Mergeable[] },
): void {
  const { record } = kinds[subject];
  for (const other of others) {
    const values = other as unknown as Values;
    const parentId = record.belongsTo ? values[record.belongsTo.field] ?? null : null;
    ctx.emit(record.events.deleted, { id: other.id, title: String(values[record.title]), fields: [], parentId });
  }
  ctx.emit(merged[subject], { id: survivorId, title, mergedIds: others.map(o => o.id) });
}

/** What was told of them is with those who were told. */
const counts = (moved: KeptMerge['moved']): Answer['moved'] => {
  const sums = new Map<string, number>();
  for (const { table, ids } of moved.filter(m => m.table !== 'notification'))
    sums.set(table, (sums.get(table) ?? 0) + ids.length);
  return [...sums].map(([table, count]) => ({ table, count }));
};

const shown = (row: Mergeable): Values =>
  Object.fromEntries(
    Object.entries({ ...row }).map(([field, v]) => [field, v instanceof Date ? v.toISOString() : (v ?? null)]),
  );
export const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const only = (values: Values, unlike: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([field, v]) => !equal(v, unlike[field])));

