import { principalAdvocacy, userRelations } from '../../db/crm/relations.query.ts';
import { principalAdvocacyEndpoints } from '../../domain/crm/principal-advocacy.contract.ts';
import { userRelationEndpoints } from '../../domain/crm/user-relations.contract.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { serve } from '../platform/serve.ts';

export const principalAdvocacyRoutes = serve(principalAdvocacyEndpoints, {
  read: async ({ report }) => ({ principals: await principalAdvocacy(report) }),
});

export const userRelationRoutes = serve(userRelationEndpoints, {
  read: async ({ report, params }) => {
    const found = await userRelations(report, params.id);
    if (!found) throw notFound();
    return found;
  },
});
