import { changePassword } from '../../../activities/platform/identity/change-password.ts';
import { askForReset, resetByLink } from '../../../activities/platform/identity/password-reset.ts';
import { hashPassword, provePassword } from '../../../activities/platform/identity/password.ts';
import { secondFactorOf } from '../../../db/platform/identity/second-factor.query.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { passwordEndpoints } from '../../../domain/platform/identity/password.contract.ts';
import { requestId } from '../request-id.ts';
import { serve } from '../serve.ts';
import { originOf } from './authenticate.ts';
import { ownAddress } from './own-address.ts';
import { assertNoForeignOrigin } from './own-origin.ts';

export const passwordRoutes = serve(passwordEndpoints, {
  change: async ({ body, actor, read, run }) => {
    if (!actor.sessionId) throw new Refusal('conflict', 'An API key cannot change the password');
    const passwordHash = (await secondFactorOf(read, actor.userId!))?.passwordHash ?? null;
    const { proven } = await provePassword(body.oldPassword, passwordHash);
    const newPasswordHash = await hashPassword(body.newPassword);
    return run(changePassword, { provenPasswordHash: proven ? passwordHash : null, newPasswordHash });
  },

  requestReset: async ({ body, req, res, services: { config } }) => {
    assertNoForeignOrigin(req, config);
    const { username, tenant } = body;
    await askForReset(
      { username, tenant: tenant || config.DEFAULT_TENANT, origin: ownAddress(config) },
      { ...originOf(req), requestId: requestId(res) },
    );
    return {};
  },

  reset: async ({ body, req, res, services: { config } }) => {
    assertNoForeignOrigin(req, config);
    await resetByLink(body, { ...originOf(req), requestId: requestId(res) });
    return {};
  },
});
