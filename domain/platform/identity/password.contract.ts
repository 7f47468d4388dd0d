import { z } from 'zod';
import { endpoint } from '../contract.ts';
import { Password } from './user.ts';

/** For how long a mailed link is good, and how many a user is sent in that time. */
export const resetMinutes = 30,
  resetsMax = 3;

const path = '/api/auth/password';
/** A user's own password (PLT-028). */
export const passwordEndpoints = {
  change: endpoint({
    method: 'POST',
    path,
    needs: 'signed-in',
    body: z
      .object({ oldPassword: z.string().max(1000).meta({ example: '…' }), newPassword: Password })
      .meta({ id: 'ChangePassword' }),
    returns: z.object({}),
    status: 204,
    summary: 'Change my password; my other sessions end',
  }),
  requestReset: endpoint({
    method: 'POST',
    path: `${path}/reset-requests`,
    needs: 'anonymous',
    body: z
      .object({
        username: z.string().max(255).meta({ description: 'User name or e-mail address', example: 'manager' }),
        tenant: z.string().max(63).optional().meta({ example: 'demo' }),
      })
      .meta({ id: 'RequestPasswordReset' }),
    returns: z.object({}),
    status: 202,
    summary: 'Have a link mailed to set a new password with; the answer does not tell who is known',
  }),
  reset: endpoint({
    method: 'POST',
    path: `${path}/resets`,
    needs: 'anonymous',
    body: z
      .object({ token: z.string().max(200).meta({ example: 'tlp_…' }), newPassword: Password })
      .meta({ id: 'ResetPassword' }),
    returns: z.object({}),
    status: 204,
    summary: 'Set a new password by the token of a mailed link; all sessions end',
  }),
};
