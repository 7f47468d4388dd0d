import { z } from 'zod';
import { JsonObject, line, Words } from '../platform/field.ts';
import { CustomFieldPeople } from '../platform/custom-field/custom-field.ts';
import { Id } from '../platform/id.ts';
import { record } from '../platform/record.ts';
import { ofAccount } from './account.ts';
import { DashedPhone, MailAddress, optionalText, PhoneNumber } from './crm-fields.ts';

export const contactStatuses = ['lead', 'prospect', 'customer', 'inactive'] as const;
export type ContactStatus = (typeof contactStatuses)[number];

const text = z.string().nullable();

/** So many further addresses, and so many numbers. */
export const furtherMax = 20;
/** A further address or number, and what it is for. */
const typed = (value: z.ZodString | z.ZodEmail) =>
  z.array(z.object({ type: line(30).meta({ example: 'home' }), value }))
    .max(furtherMax, `must have at most ${furtherMax} entries`).nullable().optional();
export interface TypedValue {
  type: string;
  value: string;
}
const TypedValues = z.array(z.object({ type: z.string(), value: z.string() })).nullable();

const sent = {
  accountId: Id.nullable().optional().meta({ title: 'Account', description: 'Only a lead may have none' }),
  suffix: optionalText(10).meta({ title: 'Suffix', example: 'Jr.' }),
  firstName: line(100).meta({ title: 'First name' }),
  lastName: line(100).meta({ title: 'Last name' }),
  jobTitle: optionalText(100).meta({ title: 'Job title' }),
  department: optionalText(100).meta({ title: 'Department' }),
  workPhone: DashedPhone.nullable().optional().meta({ title: 'Work phone' }),
  extension: optionalText(10).meta({ title: 'Extension' }),
  mobile: DashedPhone.nullable().optional().meta({ title: 'Mobile' }),
  emailAddress: MailAddress.nullable().optional().meta({ title: 'E-mail' }),
  emails: typed(MailAddress).meta({ title: 'Further e-mail addresses' }),
  phones: typed(PhoneNumber).meta({ title: 'Further phones' }),
  isPrimary: z.boolean().default(false).meta({ title: 'Primary contact', description: 'One for each account' }),
  addressLine1: optionalText(255).meta({ title: 'Street' }),
  addressLine2: optionalText(255).meta({ title: 'Street 2' }),
  city: optionalText(100).meta({ title: 'City' }),
  state: optionalText(100).meta({ title: 'State' }),
  postalCode: optionalText(20).meta({ title: 'Postal code' }),
  country: optionalText(100).meta({ title: 'Country' }),
  source: optionalText(100).meta({ title: 'Source', example: 'Referral' }),
  status: z.enum(contactStatuses).default('lead').meta({ title: 'Status' }),
  tags: Words.default([]).meta({ title: 'Tags' }),
  active: z.boolean().default(true).meta({ title: 'Active' }),
  description: optionalText(10_000).meta({ title: 'Description' }),
  opportunityId: Id.nullable().optional().meta({ title: 'Opportunity' }),
  dealId: Id.nullable().optional().meta({ description: 'Another name of `opportunityId`' }),
  customFields: JsonObject.nullable().optional(),
};

/** A person, mostly at an account (CRM-T2). */
export const contacts = record({
  name: 'contact',
  area: 'crm',
  tableName: 'contact',
  path: '/api/contacts',
  title: 'fullName',
  shape: z.object({
    accountId: Id.nullable(),
    suffix: text, firstName: z.string(), lastName: z.string(),
    fullName: z.string().meta({ description: 'Made of the parts of the name; not to be set' }),
    jobTitle: text, department: text, workPhone: text, extension: text, mobile: text, emailAddress: text,
    emails: TypedValues, phones: TypedValues,
    isPrimary: z.boolean(),
    addressLine1: text, addressLine2: text, city: text, state: text, postalCode: text, country: text,
    source: text,
    leadScore: z.int(),
    status: z.enum(contactStatuses),
    tags: z.array(z.string()),
    active: z.boolean(),
    description: text,
    opportunityId: Id.nullable(),
    customFields: JsonObject.nullable(),
  }),
  shown: z.object({
    opportunityName: text,
    contactType: text.meta({ description: 'The type of its account (CRM-029)' }),
    accountName: text,
    createdByName: text, updatedByName: text,
    customFieldPeople: CustomFieldPeople,
    _count: z.object({ tasks: z.int(), opportunities: z.int() }),
    accountDeleted: z.boolean().meta({ description: 'Its account is deleted (CRM-026)' }),
  }),
  create: z.object(sent),
  fields: {
    accountId: 'uuid', firstName: 'text', lastName: 'text', fullName: 'text', jobTitle: 'text', department: 'text',
    workPhone: 'text', mobile: 'text', emailAddress: 'text', isPrimary: 'boolean', city: 'text', state: 'text',
    postalCode: 'text', country: 'text', source: 'text', opportunityId: 'uuid',
    leadScore: 'number', status: 'text', tags: 'words',
    active: 'boolean',
  },
  search: ['fullName', 'emailAddress', 'jobTitle'],
  // A lead that belongs to no account is seen by who entered it.
  scopes: { owner: 'createdBy' },
  belongsTo: ofAccount,
  mergeable: true,
});
export type Contact = z.output<typeof contacts.View>;

/** "Jane Doe Jr." (CRM-028). */
export const fullNameOf = (name: { firstName: string; lastName: string; suffix?: string | null }): string =>
  [name.firstName, name.lastName, name.suffix].filter(Boolean).join(' ');
