import { accounts, addressParts } from '../account.ts';
import { companyDomain } from '../duplicate/match.ts';

const addresses = (['shipping', 'billing'] as const).flatMap(kind =>
  addressParts.map(part => `${kind}${part}` as const));

/** The fields of an account that others may know something of, in the order in which they are shown (CRM-010). */
export const enrichedFields = [
  'accountName', 'accountLegalName', 'industry', 'sector', 'size', 'employeeCount', 'annualRevenue', 'organizationType',
  'websiteUrl', 'phone', 'email', 'description', ...addresses,
] as const;
export type EnrichedField = (typeof enrichedFields)[number];
/** Where in the answer the value of a field stands: `company.address.city`. */
export type FieldPaths = Partial<Record<EnrichedField, string>>;

/** An account, as far as others may know something of it. */
type Held = { readonly [F in EnrichedField]?: string | null | undefined };

/** Longer than any field may be: what is cut here is refused by its rule. */
const foundMax = 10_001;

/** The domain that a company is looked up by: of its website, else of its mail. */
export const enrichedDomain = (account: Pick<Held, 'websiteUrl' | 'email'>): string | null =>
  companyDomain(account.websiteUrl) ?? companyDomain(account.email);

/** Why an account cannot be looked up. */
export function whyNotEnrich({ source, domain }: { source: boolean; domain: string | null }): string | null {
  if (!source) return 'No service is set that knows companies';
  return domain ? null : 'It has neither a website nor an e-mail address of its own that it could be found by';
}

/** The address that is asked for a domain. */
export const addressFor = (url: string, domain: string): string =>
  url.replaceAll('{domain}', encodeURIComponent(domain));

/** What an answer says of the fields; texts and numbers count, all else says nothing. */
export function foundIn(answer: unknown, paths: FieldPaths): FieldPaths {
  const found: FieldPaths = {};
  for (const field of enrichedFields) {
    const value = at(answer, paths[field] ?? field);
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
    if (text) found[field] = storable(field === 'websiteUrl' ? withScheme(text) : text);
  }
  return found;
}

/** What a database takes: no NUL, no half characters. */
const storable = (text: string): string => text.replaceAll('\0', '').slice(0, foundMax).toWellFormed();
const withScheme = (address: string): string => (/^[a-z]+:/i.test(address) ? address : `https://${address}`);

function at(answer: unknown, path: string): unknown {
  let value = answer;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** Why a value cannot stand in a field, in the words of the field's own rule. */
export function whyNotValue(field: EnrichedField, value: string): string | null {
  const read = accounts.Patch.safeParse({ [field]: value });
  return read.success ? null : read.error.issues[0]!.message;
}

export interface FoundValue {
  field: EnrichedField;
  present: string | null;
  found: string;
}

/** What is worth a proposal: what was found and is not there already. */
export const newlyFound = (account: Held, found: FieldPaths): FoundValue[] =>
  enrichedFields.flatMap(field => {
    const value = found[field], present = account[field] ?? null;
    return value === undefined || same(value, present) ? [] : [{ field, present, found: value }];
  });

const same = (found: string, present: string | null): boolean =>
  present !== null && bare(found) === bare(present);
/** `https://acme.com/` is `https://acme.com`. */
const bare = (text: string): string => text.trim().replace(/^(https?:\/\/[^/]+)\/$/i, '$1');
