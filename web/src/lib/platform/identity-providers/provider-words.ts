import { googleIssuer, type IdentityProvider, type ProviderKind } from '#domain/platform/identity/identity-provider.ts';
import type { Option } from '#lib/ui/form/field.ts';

export const kinds: Option[] = [
  { value: 'google', label: 'Google' },
  { value: 'microsoft', label: 'Microsoft' },
  { value: 'other', label: 'Another service' },
];

/** What a form begins with for a kind. */
export const startOf: Record<ProviderKind, Pick<IdentityProvider, 'name' | 'issuer'>> = {
  google: { name: 'Google', issuer: googleIssuer },
  microsoft: { name: 'Microsoft', issuer: 'https://login.microsoftonline.com/<directory id>/v2.0' },
  other: { name: '', issuer: '' },
};
export const issuerHint: Record<ProviderKind, string> = {
  google: 'The same for everybody.',
  microsoft: 'With the id of your directory, as the overview of Microsoft Entra shows it.',
  other: 'The address whose /.well-known/openid-configuration describes the service.',
};

/** One domain a line, or separated by commas. */
export const domainsOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
