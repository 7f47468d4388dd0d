import { addressParts } from '#domain/crm/account.ts';

/** "Main St 1, Reno, NV 89501"; null where no part is known. */
export function addressText(fields: Readonly<Record<string, unknown>>, kind: 'shipping' | 'billing'): string | null {
  const parts = addressParts.map(part => fields[`${kind}${part}`]).filter(part => part !== null && part !== undefined);
  return parts.length ? parts.join(', ') : null;
}

/** Where a map shows it: a page of OpenStreetMap, opened by the reader alone (CRM-021). */
export const mapHref = (address: string): string =>
  `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`;
