import { createApiKey } from '../../../activities/platform/identity/create-api-key.ts';
import { revokeApiKey } from '../../../activities/platform/identity/revoke-api-key.ts';
import { apiKeyToken, hashOf } from '../../../activities/platform/identity/tokens.ts';
import { apiKeyById, listApiKeys } from '../../../db/platform/identity/api-keys.query.ts';
import { apiKeyEndpoints } from '../../../domain/platform/identity/api-key.contract.ts';
import { scopeOf } from '../../../domain/platform/permission.ts';
import { serve } from '../serve.ts';
import { seedOf } from './session.ts';

export const apiKeyRoutes = serve(apiKeyEndpoints, {
  list: ({ read, query, actor }) =>
    listApiKeys(read, scopeOf(actor.permissions, 'api-key:read') === 'all' ? null : actor.userId, query),

  create: async ({ body, run, read, actor, req, res, services: { config } }) => {
    const secret = seedOf(req, actor, config);
    const { id } = await run(createApiKey, { ...body, secretHash: hashOf(secret), prefix: secret.slice(0, 6) });
    res.set('Cache-Control', 'no-store');
    return { ...(await apiKeyById(read, id))!, key: apiKeyToken.write({ tenantId: actor.tenantId, secret }) };
  },

  revoke: ({ params, run }) => run(revokeApiKey, params),
});
