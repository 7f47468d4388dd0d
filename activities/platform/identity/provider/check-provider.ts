import type { ProviderClient } from '../../../../db/platform/identity/identity-providers.query.ts';
import type { ProviderCheck } from '../../../../domain/platform/identity/identity-provider.ts';
import { guardedFetch } from '../../guarded-fetch.ts';
import { openIdClient } from './begin-provider-sign-in.ts';
import { discovered, problemOf } from './openid.client.ts';

type Step = ProviderCheck['steps'][number];

/** What can be known of a provider without signing in: its description, its ways of working, its keys. */
export async function checkProvider(
  provider: ProviderClient,
  { tenantId, privateNetworks }: { tenantId: string; privateNetworks: boolean },
): Promise<ProviderCheck> {
  const steps: Step[] = [];
  const note = (name: string, passed: boolean, detail: string): void => void steps.push({ name, passed, detail });
  try {
    const config = await discovered(openIdClient(provider, { tenantId, privateNetworks }));
    const { issuer, authorization_endpoint: at = '', ...server } = config.serverMetadata();
    note('Description', true, `${issuer} describes itself`);
    const flows = server.response_types_supported?.includes('code') ?? true;
    note('Sign-in page', flows && URL.canParse(at), at || 'It names none');
    note('Keys', ...(await keysOf(server.jwks_uri ?? '', privateNetworks)));
  } catch (failure) {
    note(steps.length ? 'Keys' : 'Description', false, problemOf(failure));
  }
  return { works: steps.length > 0 && steps.every(step => step.passed), steps };
}

async function keysOf(url: string, privateNetworks: boolean): Promise<[boolean, string]> {
  if (!URL.canParse(url)) return [false, 'It names no keys'];
  const signal = AbortSignal.timeout(5000);
  const answer = await guardedFetch(privateNetworks)(url, { method: 'GET', headers: {}, signal });
  const { keys } = (await answer.json()) as { keys?: unknown[] };
  const count = Array.isArray(keys) ? keys.length : 0;
  return [count > 0, count === 1 ? 'One key' : `${count} keys`];
}
