import { z } from 'zod';
import { endpoint } from '../contract.ts';
import { IdentityHook, ReplaceIdentityHook, UserEvent } from './identity-hook.ts';

const path = '/api/admin/identity-hook';
const needs = 'identity-provider:manage';

/** Users that are kept outside: their service tells what changes, signed as Standard Webhooks (PLT-026). */
export const identityHookEndpoints = {
  read: endpoint({ method: 'GET', path, needs, returns: IdentityHook, summary: 'How a service tells of users' }),
  replace: endpoint({
    method: 'PUT',
    path,
    needs,
    body: ReplaceIdentityHook,
    returns: IdentityHook,
    summary: 'Whether a service may tell of users, and the role of those it adds',
  }),
  renewSecret: endpoint({
    method: 'POST',
    path: `${path}/secrets`,
    needs,
    returns: z.object({ secret: z.string().meta({ example: 'whsec_…' }) }).meta({ id: 'HookSecret' }),
    status: 201,
    summary: 'A new secret to sign with, shown this once; the one before stays good for a day',
  }),
  receive: endpoint({
    method: 'POST',
    path: '/api/hooks/identity/:tenant',
    needs: 'anonymous',
    params: z.object({ tenant: z.string().max(63) }),
    body: UserEvent,
    returns: z.object({}),
    status: 204,
    summary: 'user.created, user.updated, user.deleted; with webhook-id, webhook-timestamp and webhook-signature',
  }),
};
