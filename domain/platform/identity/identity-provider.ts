import { z } from 'zod';
import { Instant } from '../clock.ts';
import { line } from '../field.ts';
import { Id } from '../id.ts';
import { Version } from '../version.ts';

/** Google and Microsoft say who somebody is in ways of their own; `other` follows the standard to the letter. */
export const ProviderKind = z.enum(['google', 'microsoft', 'other']);
export type ProviderKind = z.output<typeof ProviderKind>;

export const googleIssuer = 'https://accounts.google.com';
const microsoft = 'login.microsoftonline.com';
/** A Microsoft directory, by its id or one of its domains; `common`, `organizations` and `consumers` are not one. */
const directory = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/;
/** The id of `consumers`: of everybody who has an account of their own at Microsoft, with an address of any domain. */
const consumers = '9188040d-6c67-4c5b-b112-36a304b66dad';

const domain = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;
const EmailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(domain, 'must be a domain, such as example.com')
  .meta({ example: 'example.com' });
const EmailDomains = z
  .array(EmailDomain)
  .max(50)
  .transform(domains => [...new Set(domains)])
  .meta({ description: 'Only addresses in these domains may sign in; empty: all', example: ['example.com'] });
const Issuer = z
  .url({ protocol: /^https?$/, error: 'must be the address of the provider, such as https://accounts.google.com' })
  .max(500)
  .refine(url => !/[?#@]/.test(url), 'must have neither query nor password')
  .transform(url => url.replace(/\/\.well-known\/openid-configuration$/, ''))
  .meta({ example: googleIssuer });

/** A service that people sign in with, as administrators see it; its secret never leaves the database (PLT-024). */
export const IdentityProvider = z
  .object({
    id: Id,
    name: z.string(),
    kind: ProviderKind,
    issuer: z.string(),
    clientId: z.string(),
    emailDomains: z.array(z.string()),
    active: z.boolean(),
    redirectUri: z.string().meta({ description: 'To be registered with the provider, exactly as it is' }),
    people: z.int().meta({ description: 'How many users have signed in by it' }),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'IdentityProvider' });
export type IdentityProvider = z.output<typeof IdentityProvider>;

const given = {
  name: line(100).meta({ example: 'Google' }),
  kind: ProviderKind,
  issuer: Issuer,
  clientId: line(255),
  emailDomains: EmailDomains,
  active: z.boolean(),
};
const ClientSecret = line(1000).meta({ format: 'password', example: '…' });

export const CreateIdentityProvider = z
  .object({
    ...given,
    clientSecret: ClientSecret,
    emailDomains: EmailDomains.default([]),
    active: z.boolean().default(true),
  })
  .meta({ id: 'CreateIdentityProvider' });
export const PatchIdentityProvider = z
  .object({ ...given, clientSecret: ClientSecret.meta({ description: 'Replaces the present one' }), version: Version })
  .partial()
  .meta({ id: 'PatchIdentityProvider' });

type Facts = Pick<IdentityProvider, 'kind' | 'issuer' | 'emailDomains'>;
export interface ProviderFault {
  field: 'issuer' | 'emailDomains';
  why: string;
}

/** Why people could not safely sign in by a provider of this kind, or undefined. */
export function whyNotProvider(
  { kind, issuer, emailDomains }: Facts,
  privateNetworks: boolean,
): ProviderFault | undefined {
  const { protocol, host, pathname } = new URL(issuer);
  if (protocol !== 'https:' && !privateNetworks) return { field: 'issuer', why: 'must begin with https://' };
  if (kind === 'google' && !privateNetworks && issuer !== googleIssuer)
    return { field: 'issuer', why: `must be ${googleIssuer}` };
  if (host === microsoft && !isDirectory(pathname.split('/')[1] ?? ''))
    return { field: 'issuer', why: `must name your directory: https://${microsoft}/<directory id>/v2.0` };
  if (kind === 'microsoft' && emailDomains.length === 0)
    return { field: 'emailDomains', why: 'must name your domains: Microsoft verifies no addresses' };
  return undefined;
}

/** Otherwise anybody's directory, or account, could vouch for anybody's address. */
const isDirectory = (name: string): boolean =>
  directory.test(name.toLowerCase()) && name.toLowerCase() !== consumers;

/** What an administrator learns of a provider before anybody signs in by it. */
export const ProviderCheck = z
  .object({
    works: z.boolean(),
    steps: z.array(z.object({ name: z.string(), passed: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'ProviderCheck' });
export type ProviderCheck = z.output<typeof ProviderCheck>;

/** A user's account at a provider, known by issuer and subject from the first sign-in on. */
export const LinkedAccount = z
  .object({ id: Id, provider: z.string(), issuer: z.string(), email: z.string(), createdAt: Instant })
  .meta({ id: 'LinkedAccount' });
