import { PrincipalDistributorRelationship } from '../../db/crm/principal-distributor-relationship.entity.ts';
import { endsBeforeStart } from '../../domain/crm/contact-organization.ts';
import { principalDistributorRelationships } from '../../domain/crm/principal-distributor-relationship.ts';
import { invalidField, Refusal } from '../../domain/platform/errors.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';
import { accountIsThere } from './account-there.ts';
import { principalIsThere } from './principal-there.ts';

type Parties = Pick<PrincipalDistributorRelationship, 'principalAccountId' | 'distributorAccountId' | 'status'>;

export const principalDistributorRelationshipVerbs = recordVerbs(
  principalDistributorRelationships, PrincipalDistributorRelationship, {
    complete: async (ctx, sent, before) => {
      const next = { ...before, ...defined(sent) } as PrincipalDistributorRelationship;
      if (next.principalAccountId === next.distributorAccountId)
        throw invalidField('distributorAccountId', 'must be another account than the principal');
      if (next.principalAccountId !== before?.principalAccountId)
        await principalIsThere(ctx, 'principalAccountId', next.principalAccountId);
      if (next.distributorAccountId !== before?.distributorAccountId)
        await accountIsThere(ctx, 'distributorAccountId', next.distributorAccountId);
      if (endsBeforeStart(next)) throw invalidField('endDate', 'must not lie before the start');
      await proveAlone(ctx, next, before?.id);
      return sent;
    },
  },
);

const defined = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** One active relation for each pair (CRM-059). */
async function proveAlone({ em }: VerbContext, next: Parties, id: string | undefined): Promise<void> {
  if (next.status !== 'active') return;
  const { principalAccountId, distributorAccountId } = next;
  const others = await em.count(PrincipalDistributorRelationship, {
    principalAccountId, distributorAccountId, status: 'active', deletedAt: null, ...(id ? { id: { $ne: id } } : {}),
  });
  if (others) throw new Refusal('conflict', 'These two have an active relation: end that first');
}
