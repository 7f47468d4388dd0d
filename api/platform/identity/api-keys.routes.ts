import { createApiKey } from '../../../activities/platform/identity/create-api-key.ts';
import { revokeApiKey } from '../../../activities/platform/identity/revoke-api-key.ts';
import { apiKeyToken, derivedSecret, hashOf, newSecret } from '../../../activities/platform/identity/tokens.ts';
import { apiKeyById, listApiKeys } from '../../../db/platform/identity/api-keys.query.ts';
import { required } from '../../../db/platform/config.ts';
import { apiKeyEndpoints } from '../../../domain/platform/identity/api-key.contract.ts';
import { scopeOf } from '../../../domain/platform/permission.ts';
import { serve } from '../serve.ts';

export const apiKeyRoutes = serve(apiKeyEndpoints, {
  list: ({ read, query, actor }) =>
    listApiKeys(read, scopeOf(actor.permissions, 'api-key:read') === 'all' ? null : actor.userId, query),

  create: async ({ body, run, read, actor, req, res, services: { config } }) => {
    const repeatable = req.get('Idempotency-Key');
    const secret =
      repeatable === undefined
        ? newSecret()
        : derivedSecret(
            `${actor.tenantId} ${actor.key} ${repeatable}`,
            required(config, 'SESSION_SECRET').SESSION_SECRET,
          );
    const { id } = await run(createApiKey, { ...body, secretHash: hashOf(secret), prefix: secret.slice(0, 6) });
    res.set('Cache-Control', 'no-store');
    return { ...(await apiKeyById(read, id))!, key: apiKeyToken.write({ tenantId: actor.tenantId, secret }) };
  },

  revoke: ({ params, run }) => run(revokeApiKey, params),
});
