import type { OidcProviderStub } from '../../../stubs/oidc-provider.ts';
import type { App } from '../../../kit/app.ts';
import type { IdentityProvider } from '../../../../domain/platform/identity/identity-provider.ts';

const page = { Accept: 'text/html,application/xhtml+xml' };
const plain = { redirect: 'manual', headers: page } as const;

/** The stub as a service of the tenant. */
export async function addProvider(
  app: App,
  stub: OidcProviderStub,
  more: Partial<Record<'kind' | 'name', string>> & { emailDomains?: string[] } = {},
): Promise<IdentityProvider> {
  const admin = await app.as('admin');
  const { issuer, clientId, clientSecret } = stub;
  const about = { name: 'Stub', kind: 'other', issuer, clientId, clientSecret, ...more };
  const { status, body } = await admin.post<IdentityProvider>('/api/admin/identity-providers', about);
  if (status !== 201) throw new Error(`No provider: ${JSON.stringify(body)}`);
  return body;
}

/** A browser on its way to a provider: the cookie that it keeps, and where it is led. */
export interface Begun {
  cookie: string;
  url: string;
}
export async function begin(app: App, provider: string, next = '/povs'): Promise<Begun> {
  const asked = new URLSearchParams({ tenant: app.tenant.slug, next });
  const answer = await fetch(`${app.url}/api/auth/oidc/${provider}/start?${asked}`, plain);
  return { cookie: (answer.headers.get('Set-Cookie') ?? '').split(';')[0]!, url: answer.headers.get('Location') ?? '' };
}

/** What the provider answers the browser: the address to come back to. */
export const agree = async ({ url }: Begun): Promise<string> =>
  (await fetch(url, plain)).headers.get('Location') ?? '';

export interface Back {
  /** Where the browser is led: a path of our own. */
  to: URL;
  session: string | null;
}
export async function comeBack(app: App, callback: string, cookie: string): Promise<Back> {
  const answer = await fetch(callback, { redirect: 'manual', headers: { ...page, Cookie: cookie } });
  const session = answer.headers.getSetCookie().find(c => c.startsWith('tl_session='));
  return { to: new URL(answer.headers.get('Location') ?? '', app.url), session: session?.split(';')[0] ?? null };
}

/** The whole way, as a browser goes it. */
export async function signInBy(app: App, provider: string, next?: string): Promise<Back> {
  const begun = await begin(app, provider, next);
  return comeBack(app, await agree(begun), begun.cookie);
}
