import { z } from 'zod';
import { endpoint } from '../contract.ts';
import { ById, Id } from '../id.ts';
import {
  CreateIdentityProvider,
  IdentityProvider,
  LinkedAccount,
  PatchIdentityProvider,
  ProviderCheck,
} from './identity-provider.ts';

const path = '/api/admin/identity-providers';
const needs = 'identity-provider:manage';
const one = { path: `${path}/:id`, needs, params: ById } as const;
const accounts = '/api/admin/users/:id/linked-accounts';

/** The services that people sign in with, kept by administrators (PLT-024). */
export const identityProviderEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs,
    returns: z.object({ items: z.array(IdentityProvider) }).meta({ id: 'IdentityProviders' }),
    summary: 'The services that people can sign in with',
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs,
    body: CreateIdentityProvider,
    returns: IdentityProvider,
    status: 201,
    summary: 'Add a service',
  }),
  read: endpoint({ method: 'GET', ...one, returns: IdentityProvider, summary: 'One service' }),
  patch: endpoint({
    method: 'PATCH',
    ...one,
    body: PatchIdentityProvider,
    returns: IdentityProvider,
    summary: 'Change a service; its secret stays unless a new one is given',
  }),
  remove: endpoint({
    method: 'DELETE',
    ...one,
    returns: z.object({}),
    status: 204,
    summary: 'Remove a service: nobody signs in by it any more, open sessions stay',
  }),
  check: endpoint({
    method: 'POST',
    ...one,
    path: `${path}/:id/checks`,
    returns: ProviderCheck,
    summary: 'Ask the service for its description and keys: what works, and what does not',
  }),
  accounts: endpoint({
    method: 'GET',
    path: accounts,
    needs: 'user:manage',
    params: ById,
    returns: z.object({ items: z.array(LinkedAccount) }).meta({ id: 'LinkedAccounts' }),
    summary: 'The accounts at providers that a user has signed in with',
  }),
  unlink: endpoint({
    method: 'DELETE',
    path: `${accounts}/:accountId`,
    needs: 'user:manage',
    params: ById.extend({ accountId: Id }),
    returns: z.object({}),
    status: 204,
    summary: 'Forget an account: the next sign-in links the one with the user’s address',
  }),
};
