import { providerSignInEndpoints } from '#domain/platform/identity/provider-sign-in.contract.ts';
import { call } from '#lib/platform/client.ts';
import type { PageLoad } from './$types';

/** Without its services the page still takes a password. */
export const load: PageLoad = async ({ url, fetch }) => {
  const tenant = url.searchParams.get('tenant') || undefined;
  const choices = await call(providerSignInEndpoints.choices, { query: { tenant } }, { fetch }).catch(() => null);
  return { choices: choices?.items ?? [] };
};
