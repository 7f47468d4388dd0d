import { Account } from '../../db/crm/account.entity.ts';
import { AccountType } from '../../db/crm/account-type.entity.ts';
import { billingFrom } from '../../domain/crm/account-address.ts';
import { accounts } from '../../domain/crm/account.ts';
import { whyNotBack } from '../../domain/crm/duplicate/merge.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import { anAccount, seen } from './activity/about.ts';
import { requestScoringFor } from './scoring/request-scoring.ts';
import type { VerbContext } from '../platform/verb.ts';

type Fields = Record<string, unknown>;

export const accountVerbs = recordVerbs(accounts, Account, {
  complete: async (ctx, { accountType, ownerId, ...sent }, before) => {
    const fields: Fields = { ...sent };
    if (ownerId !== undefined) fields['accountOwner'] ??= ownerId;
    if (before && fields['accountOwner'] !== undefined && fields['accountOwner'] !== before.accountOwner)
      ctx.authorize('account:reassign', {});
    if (accountType !== undefined) fields['accountTypeId'] = await typeNamed(ctx, accountType as string);
    else if (fields['accountTypeId'] !== undefined) await typeIsThere(ctx, fields['accountTypeId'] as string);
    else if (!before) throw invalidField('accountType', 'is required', 'required');
    if (before?.isPrincipal && fields['isPrincipal'] === false && (await standsAsPrincipal(ctx, before.id)))
      throw invalidField('isPrincipal', 'It stands as principal in relations, products or opportunities');
    const parentId = fields['parentAccountId'] as string | null | undefined;
    if (parentId && parentId !== before?.parentAccountId) await proveParent(ctx, before?.id, parentId);
    return before ? fields : { ...fields, ...billingFrom(fields) };
  },
  whyNot: (action, row) => whyNotBack(action, row),
  follow: async (ctx, account, _happened, before) => {
    const asked = [
      ...(before && before['accountName'] !== account.accountName ? ['accountName'] : []),
      ...(before && before['accountTypeId'] !== account.accountTypeId ? ['contactType'] : []),
    ];
    if (asked.length) await requestScoringFor(ctx, asked, account.id);
  },
});

/** Only an account flagged as principal stands as one (CRM-057): the flag stays while it does. */
export async function standsAsPrincipal({ em }: VerbContext, id: string): Promise<boolean> {
  const [{ used }] = await em.execute<[{ used: boolean }]>(
    `select exists (select 1 from principal_distributor_relationship
         where principal_account_id = ? and deleted_at is null)
       or exists (select 1 from product where vendor_account_id = ? and deleted_at is null)
       or exists (select 1 from opportunity_participant
         where account_id = ? and role = 'principal' and deleted_at is null) as used`,
    [id, id, id],
  );
  return used;
}

async function typeNamed({ em, once }: VerbContext, name: string): Promise<string> {
  const types = await once('account types', () => em.find(AccountType, { deletedAt: null }));
  const found = types.find(type => type.name.toLowerCase() === name.toLowerCase());
  if (found) return found.id;
  throw invalidField('accountType', `must be one of ${types.map(type => type.name).join(', ')}`);
}

async function typeIsThere({ em }: VerbContext, id: string): Promise<void> {
  if (!(await em.count(AccountType, { id, deletedAt: null })))
    throw invalidField('accountTypeId', 'There is no such type');
}

/** Changes of the tree wait for each other: two of them could close a circle. */
export const lockTree = ({ em, tenantId }: Pick<VerbContext, 'em' | 'tenantId'>): Promise<unknown> =>
  em.execute(`select pg_advisory_xact_lock(hashtextextended('account-tree ' || ?, 0))`, [tenantId]);

/** Accounts are a tree (CRM-007); who may not read an account sets none below it. */
async function proveParent(ctx: VerbContext, id: string | undefined, parentId: string): Promise<void> {
  await lockTree(ctx);
  for (let at: Account | null = await seen(ctx, anAccount, parentId, 'parentAccountId'); at;) {
    if (at.id === id) throw invalidField('parentAccountId', 'An account cannot stand above itself', 'cycle');
    const above: string | null | undefined = at.parentAccountId;
    at = above ? await ctx.em.findOne(Account, { id: above }) : null;
  }
}
