import { z } from 'zod';
import { endpoint } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';

/** One account of a tree; `depth` counts from its root, which is 0. */
export const AccountNode = z
  .object({
    id: Id,
    accountName: z.string(),
    accountType: z.string().nullable(),
    parentAccountId: Id.nullable(),
    depth: z.int(),
    deleted: z.boolean(),
  })
  .meta({ id: 'AccountNode' });
export type AccountNode = z.output<typeof AccountNode>;

export const accountHierarchyEndpoints = {
  read: endpoint({
    method: 'GET', path: '/api/accounts/:id/hierarchy', needs: 'account:read', params: ById,
    returns: z.object({ items: z.array(AccountNode) }),
    summary: 'The whole tree that the account belongs to, each account after the one above it',
  }),
};
