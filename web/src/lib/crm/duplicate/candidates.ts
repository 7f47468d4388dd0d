import { queryOptions } from '@tanstack/svelte-query';
import { candidateEndpoints } from '#domain/crm/duplicate/duplicate.contract.ts';
import type { Endpoint, Nothing, Shape } from '#domain/platform/contract.ts';
import { call } from '#lib/platform/client.ts';
import type { FormValues } from '../record-values.ts';

type Asked = Endpoint<Nothing, Nothing, Shape, typeof candidateEndpoints.contacts.returns>;

/** What is compared while it is typed, and behind which field the answer stands. */
const asked = {
  contact: {
    endpoint: candidateEndpoints.contacts, needs: ['firstName', 'lastName'], stands: 'lastName',
    fields: ['firstName', 'lastName', 'emailAddress', 'workPhone', 'mobile', 'accountId', 'country'],
  },
  account: {
    endpoint: candidateEndpoints.accounts, needs: ['accountName'], stands: 'accountName',
    fields: ['accountName', 'websiteUrl', 'email', 'phone', 'shippingCountry', 'billingCountry'],
  },
} as const;
const askedOf = (name: string) => (name === 'contact' || name === 'account' ? asked[name] : undefined);

/** Behind which field the candidates stand; of other records, none. */
export const standsBehind = (name: string): string | undefined => askedOf(name)?.stands;

/** What is typed of it so far, as one text, so that only another one is asked for; empty while it is too little. */
export function typedOf(name: string, values: FormValues, fixed: Record<string, unknown>): string {
  const of = askedOf(name);
  const typed = { ...values, ...fixed } as Record<string, unknown>;
  const isShort = (field: string): boolean => String(typed[field] ?? '').trim().length < 2;
  if (!of || of.needs.some(isShort)) return '';
  return JSON.stringify(
    Object.fromEntries(
      of.fields.flatMap(field => (typed[field] ? [[field, String(typed[field]).slice(0, 500)]] : [])),
    ),
  );
}

/** Records that may be the one that is typed. */
export const candidatesRead = (name: string, typed: string) => {
  const endpoint: Asked | undefined = askedOf(name)?.endpoint;
  return queryOptions({
    queryKey: ['duplicate-candidates', name, typed],
    queryFn: ({ signal }) => call(endpoint!, { body: JSON.parse(typed) as unknown }, { signal }),
    enabled: typed !== '' && endpoint !== undefined,
  });
};
