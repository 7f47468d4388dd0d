import { accountHierarchy } from '../../db/crm/account-hierarchy.query.ts';
import { readableIds } from '../../db/platform/record.query.ts';
import { accountHierarchyEndpoints } from '../../domain/crm/account-hierarchy.ts';
import { accounts } from '../../domain/crm/account.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { serve } from '../platform/serve.ts';

export const accountHierarchyRoutes = serve(accountHierarchyEndpoints, {
  read: async ({ read, actor, params }) => {
    if (!(await readableIds(read, accounts, actor, [params.id])).length) throw notFound();
    return { items: await accountHierarchy(read, actor, params.id) };
  },
});
