import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Client } from '../client.ts';
import { newAccount, newContact, newOpportunity } from '../crm.fixture.ts';

/** What a field of a list holds: what may be asked of it follows. */
export type FieldKind = 'text' | 'number' | 'instant' | 'utcDay' | 'day' | 'boolean' | 'uuid' | 'words';
export type Row = Record<string, unknown> & { id: string };

/** A list of the CRM whose rows are as unlike as those of people who typed them. */
export interface VariedList {
  record: 'account' | 'contact' | 'opportunity';
  path: string;
  kinds: Record<string, FieldKind>;
  fields: fc.Arbitrary<object>;
  make(by: Client, fields: object): Promise<{ id: string }>;
}

const texts = [
  'Oslo', 'oslo', 'OSLO S', 'Ålesund', 'ÅLESUND', 'Zürich', 'São Paulo', '100%', 'a_b', 'axb', 'back\\slash', 'null',
  `O'Neil "Jr"`, '東京', 'élan', 'Élan', '7',
];
const text = fc.constantFrom(...texts);
const orNone = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 2 });
const tiers = ['Gold', 'Silver', 'gold plated'],
  uses = ['Cold', 'Dry', 'Très froid'];
const day = fc.constantFrom('2024-02-29', '2025-12-31', '2026-01-01', '2026-06-15');
const instant = fc.constantFrom('2025-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000Z', '2026-06-15T12:30:00.120Z');

const custom = {
  region: text, seats: fc.constantFrom(-1, 0, 5, 5.25, 10, 1200), since: day, partner: fc.boolean(),
  tier: fc.constantFrom(...tiers), uses: fc.subarray(uses, { minLength: 1 }),
};
const customFields = fc.record(
  Object.fromEntries(Object.entries(custom).map(([key, values]) => [key, orNone<unknown>(values)])),
);
const customKinds: Record<string, FieldKind> = {
  'customFields.region': 'text', 'customFields.seats': 'number', 'customFields.since': 'day',
  'customFields.partner': 'boolean', 'customFields.tier': 'text', 'customFields.uses': 'words',
};

/** Fields that an administrator gave the record, one of each kind. */
export async function withCustomFields(admin: Client, recordType: VariedList['record']): Promise<void> {
  for (const more of [
    { label: 'Region', type: 'text' }, { label: 'Seats', type: 'number' }, { label: 'Since', type: 'date' },
    { label: 'Partner', type: 'boolean' }, { label: 'Tier', type: 'select', options: tiers },
    { label: 'Uses', type: 'multi-select', options: uses },
  ]) {
    const { status, body } = await admin.post('/api/custom-fields', { recordType, ...more });
    if (status !== 201) throw new Error(`No field: ${JSON.stringify(body)}`);
  }
}

/** Accounts, contacts and opportunities; the latter two belong to some of those accounts, or to none. */
export function variedLists(accountIds: readonly string[]): VariedList[] {
  const accountId = orNone(fc.constantFrom(...accountIds));
  return [
    {
      record: 'account', path: '/api/accounts', make: newAccount,
      kinds: {
        accountName: 'text', industry: 'text', shippingCity: 'text', status: 'text', isPrincipal: 'boolean',
        active: 'boolean', parentAccountId: 'uuid', createdAt: 'instant', ...customKinds,
      },
      fields: fc.record({
        accountName: text, industry: orNone(text), shippingCity: orNone(text),
        status: fc.constantFrom('active', 'inactive', 'prospect'), isPrincipal: fc.boolean(), active: fc.boolean(),
        parentAccountId: accountId, customFields,
      }),
    },
    {
      record: 'contact', path: '/api/contacts', make: newContact,
      kinds: {
        fullName: 'text', jobTitle: 'text', city: 'text', status: 'text', active: 'boolean', accountId: 'uuid',
        leadScore: 'number', tags: 'words', accountName: 'text', contactType: 'text', createdAt: 'instant',
        ...customKinds,
      },
      fields: fc.record({
        firstName: text, lastName: text, jobTitle: orNone(text), city: orNone(text), accountId, active: fc.boolean(),
        status: fc.constantFrom('lead', 'prospect', 'customer', 'inactive'), tags: fc.subarray(texts, { maxLength: 3 }),
        customFields,
        // Only a lead may have none.
      }).map(of => (of.accountId ? of : { ...of, status: 'lead' })),
    },
    {
      record: 'opportunity', path: '/api/opportunities', make: newOpportunity,
      kinds: {
        opportunityName: 'text', source: 'text', currency: 'text', value: 'number', probability: 'number',
        expectedCloseDate: 'utcDay', accountId: 'uuid', active: 'boolean', createdAt: 'instant', ...customKinds,
      },
      fields: fc.record({
        name: text, source: orNone(text), currency: fc.constantFrom('USD', 'EUR', 'NOK'),
        value: fc.constantFrom(0, 5, 1200, 999_999), probability: fc.constantFrom(0, 5, 50),
        expectedCloseDate: orNone(instant), accountId, active: fc.boolean(), customFields,
      }),
    },
  ];
}

/** Values to compare a field with: such as rows hold, and such as none holds. */
export const askedValues: Record<FieldKind, (rows: readonly unknown[]) => fc.Arbitrary<string>> = {
  text: rows => fc.constantFrom(...held(rows), ...texts, 'nobody', ''),
  number: rows => fc.constantFrom(...held(rows), '5.0', '-1', '6.5', '0'),
  instant: rows => fc.constantFrom(...held(rows), ...daysOf(rows), '2026-06-15T14:30:00.120+02:00'),
  utcDay: rows => fc.constantFrom(...held(rows), ...daysOf(rows), '2026-06-15T14:30:00.120+02:00'),
  day: rows => fc.constantFrom(...held(rows), '2025-06-30'),
  boolean: () => fc.constantFrom('true', 'false'),
  uuid: rows => fc.constantFrom(...held(rows), randomUUID()),
  words: rows => fc.constantFrom(...rows.flat().filter(word => typeof word === 'string'), 'nobody'),
};
const held = (rows: readonly unknown[]): string[] => rows.filter(v => v !== null && v !== undefined).map(String);
const daysOf = (rows: readonly unknown[]): string[] => ['2026-01-01', ...held(rows).map(at => at.slice(0, 10))];

/** The same rows for the same seed. */
export const sampled = <T>(values: fc.Arbitrary<T>, count: number, seed: number): T[] =>
  fc.sample(values, { seed, numRuns: count });
