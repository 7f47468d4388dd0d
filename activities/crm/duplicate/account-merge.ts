import { Account } from '../../../db/crm/account.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { lockTree, standsAsPrincipal } from '../account-verbs.ts';
import { setWhere } from './move-references.ts';

/**
 * The account that stays must not come to stand below itself: where one that is merged stands above it, it takes the
 * place of the highest of those.
 */
export async function standAlone(ctx: VerbContext, survivor: Account, mergedIds: readonly string[]): Promise<void> {
  await lockTree(ctx);
  const { em } = ctx;
  const above: Account[] = [];
  for (let at = survivor.parentAccountId; at; at = above.at(-1)?.parentAccountId) {
    const parent: Account | null = await em.findOne(Account, { id: at });
    if (!parent || above.includes(parent)) break;
    above.push(parent);
  }
  const highest = above.findLast(account => mergedIds.includes(account.id));
  if (highest) survivor.parentAccountId = highest.parentAccountId ?? null;
}

/**
 * Accounts that are several again fit what became of the tree since, or somebody moves them first; the survivor stays
 * a principal where it came to stand as one.
 */
export async function standAgain(ctx: VerbContext, survivor: Account, mergedIds: readonly string[]): Promise<void> {
  const [circle] = await transactionOf(ctx.em).send<{ name: string; at: string }>(
    `with recursive above as (
       select id as start, parent_account_id as at, id as below from account where id = any($1::uuid[])
       union select u.start, a.parent_account_id, a.id from above u join account a on a.id = u.at)
     select s.account_name as name, b.account_name as at from above u
       join account s on s.id = u.start join account b on b.id = u.below
     where u.at = u.start limit 1`,
    [[survivor.id, ...mergedIds]],
  );
  if (circle) throw new Refusal(
    'conflict', `"${circle.name}" and "${circle.at}" would stand below each other: move one of them first`,
  );
  if (!survivor.isPrincipal && (await standsAsPrincipal(ctx, survivor.id))) survivor.isPrincipal = true;
}

/** Contacts of the account whose first link went because they had another: that one is their first now. */
export async function followLinks(ctx: VerbContext, accountId: string): Promise<string[]> {
  const rows = await transactionOf(ctx.em).send<{ id: string }>(
    `select l.id from contact_organization l join contact c on c.id = l.contact_id and c.account_id = l.account_id
     where l.account_id = $1 and not l.is_primary and l.deleted_at is null and not exists (
       select 1 from contact_organization p
       where p.contact_id = l.contact_id and p.is_primary and p.deleted_at is null)`,
    [accountId],
  );
  const ids = rows.map(row => row.id);
  if (ids.length) await setWhere(ctx, 'contact_organization', ids, { is_primary: true });
  return ids;
}

/** A relation between two accounts that are one now says nothing. */
export async function selfRelations(ctx: VerbContext, ids: readonly string[]): Promise<string[]> {
  const rows = await transactionOf(ctx.em).send<{ id: string }>(
    `select id from principal_distributor_relationship where deleted_at is null
     and principal_account_id = any($1::uuid[]) and distributor_account_id = any($1::uuid[])`,
    [ids],
  );
  const found = rows.map(row => row.id);
  const { now } = ctx;
  if (found.length)
    await setWhere(ctx, 'principal_distributor_relationship', found, { deleted_at: new Date(now).toISOString() });
  return found;
}
