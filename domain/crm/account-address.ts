import { addressParts } from './account.ts';

type Fields = Readonly<Record<string, unknown>>;

const address = (fields: Fields, kind: 'shipping' | 'billing'): unknown[] =>
  addressParts.map(part => fields[`${kind}${part}`] ?? null);

/** The billing address that follows from the shipping address where none is given (CRM-005); nothing where one is. */
export function billingFrom(fields: Fields): Record<string, unknown> {
  if (address(fields, 'billing').some(part => part !== null)) return {};
  return Object.fromEntries(address(fields, 'shipping').map((part, i) => [`billing${addressParts[i]}`, part]));
}
