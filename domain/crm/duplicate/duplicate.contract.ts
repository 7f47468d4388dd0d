import { z } from 'zod';
import { endpoint } from '../../platform/contract.ts';
import { Id } from '../../platform/id.ts';
import { Candidate } from './match.ts';

export const pairStatuses = ['open', 'dismissed', 'merged'] as const;
export type PairStatus = (typeof pairStatuses)[number];
export const scanStatuses = ['running', 'done', 'cancelled'] as const;
export type ScanStatus = (typeof scanStatuses)[number];

/** As it is typed: nothing needs to be right yet. */
const typed = z.string().max(500).nullable().optional();
const further = z.array(z.object({ type: z.string().max(100), value: z.string().max(500) })).max(20)
  .nullable().optional();
const exceptId = Id.optional().meta({ description: 'The record itself, where it is there already' });

export const TypedContact = z
  .object({
    firstName: typed, lastName: typed, emailAddress: typed, workPhone: typed, mobile: typed,
    emails: further, phones: further, country: typed,
    accountId: Id.nullable().optional(), exceptId,
  })
  .meta({ id: 'TypedContact', example: { firstName: 'John', lastName: 'Smith' } });
export type TypedContact = z.output<typeof TypedContact>;

export const TypedAccount = z
  .object({
    accountName: typed, websiteUrl: typed, email: typed, phone: typed, shippingCountry: typed, billingCountry: typed,
    exceptId,
  })
  .meta({ id: 'TypedAccount', example: { accountName: 'Acme' } });
export type TypedAccount = z.output<typeof TypedAccount>;

const returns = z.object({ items: z.array(Candidate) });

/** CRM-034. */
export const candidateEndpoints = {
  contacts: endpoint({
    method: 'POST', path: '/api/contacts/duplicates', needs: 'contact:read', body: TypedContact, returns,
    summary: 'Contacts that may be the person who is typed, the likeliest first; nothing is written',
  }),
  accounts: endpoint({
    method: 'POST', path: '/api/accounts/duplicates', needs: 'account:read', body: TypedAccount, returns,
    summary: 'Accounts that may be the company that is typed, the likeliest first; nothing is written',
  }),
};
