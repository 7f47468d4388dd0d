import { LockMode } from '@mikro-orm/core';
import { Account } from '../../../db/crm/account.entity.ts';
import { Contact } from '../../../db/crm/contact.entity.ts';
import { RecordMerge } from '../../../db/crm/duplicate/record-merge.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { fullNameOf } from '../../../domain/crm/contact.ts';
import { unmerged, undoDays } from '../../../domain/crm/duplicate/merge.contract.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ById } from '../../../domain/platform/id.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb, type VerbContext } from '../../platform/verb.ts';
import { lockTree } from '../account-verbs.ts';
import { linkFollowsAccount } from '../contact-links.ts';
import { stepAside } from '../contact-verbs.ts';
import { standAgain } from './account-merge.ts';
import { proveAddressesFree } from './address-taken.ts';
import { kinds, type Mergeable } from './claim-records.ts';
import { filtersBack } from './kept-filters.ts';
import { equal } from './merge-records.ts';
import { moveBack, setWhere } from './move-references.ts';
import { namesBack } from './name-copies.ts';
import { scoreMerged } from '../scoring/score-merged.ts';
import { decidePairs } from './pairs.ts';

type Values = Record<string, unknown>;
const dayMs = 86_400_000;

/** Takes a merge apart again (CRM-035): what was changed since stays as it is. */
export const undoMerge = verb(
  { name: 'undo-merge', needs: 'duplicate:update', input: ById, output: ById },
  async (ctx, { id }) => {
    const { em, now } = ctx;
    const row = await em.findOne(RecordMerge, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!row) throw notFound();
    lockVersion(ctx, row);
    const { subject, survivorId, kept } = row;
    ctx.authorize(`${subject}:merge`, {});
    if (row.undoneAt) throw new Refusal('conflict', 'It was taken apart already');
    if (+row.createdAt + undoDays * dayMs < now)
      throw new Refusal('conflict', `A merge can be taken apart for ${undoDays} days`);
    const { survivor, others } = await claimed(ctx, row);
    if (survivor instanceof Account) await lockTree(ctx);
    setBack(survivor, kept.before, kept.after);
    await proveAddressesFree(ctx, [survivor, ...others]);
    if (survivor instanceof Contact) await stepAside(ctx, survivor);
    await em.flush();
    if (kept.promoted.length) await setWhere(ctx, 'contact_organization', kept.promoted, { is_primary: false });
    for (const moved of kept.moved) await moveBack(ctx, moved, survivorId);
    await namesBack(ctx, kept.renamed ?? []);
    await filtersBack(ctx, kept.filters ?? []);
    for (const { table, ids } of kept.removed) await setWhere(ctx, table, ids, { deleted_at: null });
    for (const other of others) {
      if (other instanceof Contact) await stepAside(ctx, other);
      Object.assign(other, { deletedAt: null, mergedIntoId: null });
    }
    await em.flush();
    if (survivor instanceof Account) await standAgain(ctx, survivor, row.mergedIds);
    for (const { table, ids } of kept.steppedBack) await stepForward(ctx, table, ids);
    for (const contact of [survivor, ...others]) if (contact instanceof Contact) await linkFollowsAccount(ctx, contact);
    row.undoneAt = new Date(now);
    await em.flush();
    await scoreMerged(ctx, subject, [survivorId, ...row.mergedIds]);
    await decidePairs(ctx, [survivorId, ...row.mergedIds], 'merged', 'open');
    tell(ctx, row, others);
    return { id };
  },
);

/** The one that stayed and those that went, as the merge left them. */
async function claimed(
  { em }: VerbContext, { subject, survivorId, mergedIds }: RecordMerge,
): Promise<{ survivor: Mergeable; others: Mergeable[] }> {
  const { entity } = kinds[subject];
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
  const rows = await em.find<Mergeable>(entity, { id: { $in: [survivorId, ...mergedIds] } }, lock);
  const survivor = rows.find(r => r.id === survivorId);
  const others = rows.filter(r => r.id !== survivorId);
  if (!survivor || survivor.deletedAt)
    throw new Refusal('conflict', survivor?.mergedIntoId
      ? `The ${subject} was merged into another since: take that apart first`
      : `The ${subject} is deleted: restore it first`);
  if (others.some(other => !other.deletedAt || other.mergedIntoId !== survivorId))
    throw new Refusal('conflict', 'One of those that were merged is there again already');
  return { survivor, others };
}

function setBack(survivor: Mergeable, before: Values, after: Values): void {
  const values = survivor as unknown as Values;
  for (const [field, value] of Object.entries(before)) if (equal(values[field], after[field])) values[field] = value;
  if (survivor instanceof Contact) survivor.fullName = fullNameOf(survivor);
}

/** Primary ones are so again, unless another is by now. */
async function stepForward(ctx: VerbContext, table: string, ids: readonly string[]): Promise<void> {
  const of = table === 'contact' ? 'account_id' : 'contact_id';
  const rows = await transactionOf(ctx.em).send<{ id: string }>(
    `select distinct on (t."${of}") t.id from "${table}" t where t.id = any($1::uuid[]) and t.deleted_at is null
     and not exists (select 1 from "${table}" p where p."${of}" = t."${of}" and p.is_primary and p.deleted_at is null)
     order by t."${of}", t.id`,
    [ids],
  );
  if (rows.length) await setWhere(ctx, table, rows.map(row => row.id), { is_primary: true });
}

function tell(ctx: VerbContext, { subject, survivorId, title, mergedIds }: RecordMerge, others: Mergeable[]): void {
  const { record } = kinds[subject];
  for (const other of others) {
    const name = other instanceof Account ? other.accountName : other.fullName;
    const parentId = other instanceof Contact ? other.accountId ?? null : null;
    ctx.emit(record.events.restored, { id: other.id, title: name, fields: [], parentId });
  }
  ctx.emit(unmerged[subject], { id: survivorId, title, mergedIds });
}
