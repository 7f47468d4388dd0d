import { z } from 'zod';
import { endpoint } from '../contract.ts';
import { Id } from '../id.ts';
import { ProviderKind } from './identity-provider.ts';

/** Minutes between the start of a sign-in and its return from the provider. */
export const signInMinutes = 10;

const tenant = z
  .string()
  .max(63)
  .optional()
  .meta({ description: 'Slug of the tenant; the default tenant without it', example: 'demo' });
const path = '/api/auth/oidc/:provider';
const redirect = {
  method: 'GET',
  needs: 'anonymous',
  params: z.object({ provider: Id }),
  returns: z.void(),
  raw: 'text/html',
  status: 303,
} as const;

export const ProviderChoice = z
  .object({ id: Id, name: z.string(), kind: ProviderKind })
  .meta({ id: 'ProviderChoice' });
export type ProviderChoice = z.output<typeof ProviderChoice>;

/** Signing in by OpenID Connect, for browsers: the endpoints lead to the provider and back (PLT-024). */
export const providerSignInEndpoints = {
  choices: endpoint({
    method: 'GET',
    path: '/api/auth/providers',
    needs: 'anonymous',
    query: z.object({ tenant }),
    returns: z.object({ items: z.array(ProviderChoice) }).meta({ id: 'ProviderChoices' }),
    summary: 'By which services one can sign in',
  }),
  start: endpoint({
    ...redirect,
    path: `${path}/start`,
    query: z.object({
      tenant,
      next: z.string().max(2000).optional().meta({ description: 'The page to come back to', example: '/povs' }),
    }),
    summary: 'Leads a browser to the provider',
  }),
  callback: endpoint({
    ...redirect,
    path: `${path}/callback`,
    query: z.looseObject({ state: z.string().max(500).optional(), code: z.string().max(4000).optional() }),
    summary: 'Where the provider leads the browser back: to a session, or to a page that says why not',
  }),
};
