import { z } from 'zod';
import { JsonObject, line } from '../platform/field.ts';
import { Id } from '../platform/id.ts';
import { record, type RecordParent } from '../platform/record.ts';
import { MailAddress, optionalText, WebAddress } from './crm-fields.ts';

export const accountStatuses = ['active', 'inactive', 'prospect'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

const text = z.string().nullable();
const street = optionalText(255);

/** What `shipping` and `billing` have in common (CRM-T1). */
export const addressParts = ['Street', 'Street2', 'City', 'State', 'Zip', 'Country'] as const;

const sent = {
  accountName: line(255).meta({ title: 'Account name' }),
  accountLegalName: optionalText(255).meta({ title: 'Legal name' }),
  accountTypeId: Id.optional().meta({ title: 'Account type' }),
  accountType: line(100).optional().meta({ description: 'The name of its type, instead of `accountTypeId`' }),
  active: z.boolean().default(true).meta({ title: 'Active' }),
  accountOwner: Id.optional().meta({ title: 'Owner', description: 'Who creates it, unless said' }),
  ownerId: Id.optional().meta({ description: 'Another name of `accountOwner`' }),
  parentAccountId: Id.nullable().optional().meta({ title: 'Parent account' }),
  industry: optionalText(255).meta({ title: 'Industry' }),
  websiteUrl: WebAddress.nullable().optional().meta({ title: 'Website' }),
  description: optionalText(10_000).meta({ title: 'Description' }),
  shippingStreet: street.meta({ title: 'Shipping street' }),
  shippingStreet2: street.meta({ title: 'Shipping street 2' }),
  shippingCity: optionalText(100).meta({ title: 'Shipping city' }),
  shippingState: optionalText(10).meta({ title: 'Shipping state' }),
  shippingZip: optionalText(12).meta({ title: 'Shipping ZIP' }),
  shippingCountry: optionalText(100).meta({ title: 'Shipping country' }),
  billingStreet: street.meta({ title: 'Billing street' }),
  billingStreet2: street.meta({ title: 'Billing street 2' }),
  billingCity: optionalText(100).meta({ title: 'Billing city' }),
  billingState: optionalText(10).meta({ title: 'Billing state' }),
  billingZip: optionalText(12).meta({ title: 'Billing ZIP' }),
  billingCountry: optionalText(100).meta({ title: 'Billing country' }),
  employeeCount: optionalText(50).meta({ title: 'Employees', example: '11-50' }),
  annualRevenue: optionalText(50).meta({ title: 'Annual revenue' }),
  phone: optionalText(50).meta({ title: 'Phone' }),
  email: MailAddress.nullable().optional().meta({ title: 'E-mail' }),
  status: z.enum(accountStatuses).default('active').meta({ title: 'Status' }),
  organizationType: optionalText(100).meta({ title: 'Organization type' }),
  isPrincipal: z.boolean().default(false).meta({ title: 'Principal' }),
  isDistributor: z.boolean().default(false).meta({ title: 'Distributor' }),
  sector: optionalText(100).meta({ title: 'Sector' }),
  size: optionalText(100).meta({ title: 'Size' }),
  customFields: JsonObject.nullable().optional(),
};

/** A company: customer, distributor, vendor, prospect (CRM-001). */
export const accounts = record({
  name: 'account',
  area: 'crm',
  tableName: 'account',
  path: '/api/accounts',
  title: 'accountName',
  shape: z.object({
    accountName: z.string(),
    accountLegalName: text,
    accountTypeId: Id,
    active: z.boolean(),
    accountOwner: Id,
    parentAccountId: Id.nullable(),
    industry: text, websiteUrl: text, description: text,
    shippingStreet: text, shippingStreet2: text, shippingCity: text, shippingState: text, shippingZip: text,
    shippingCountry: text,
    billingStreet: text, billingStreet2: text, billingCity: text, billingState: text, billingZip: text,
    billingCountry: text,
    employeeCount: text, annualRevenue: text, phone: text, email: text,
    status: z.enum(accountStatuses),
    organizationType: text,
    isPrincipal: z.boolean(),
    isDistributor: z.boolean(),
    sector: text, size: text,
    customFields: JsonObject.nullable(),
  }),
  shown: z.object({
    accountType: z.string().nullable().meta({ description: 'The name of its type' }),
    owner: z.object({ id: Id, fullName: z.string() }).nullable(),
    parentAccountName: text,
    createdByName: text, updatedByName: text,
    _count: z.object({
      contacts: z.int(), people: z.int().meta({ description: 'With those whose primary organization is another' }),
      opportunities: z.int(), children: z.int(),
    }),
  }),
  create: z.object(sent),
  fields: {
    accountName: 'text', accountLegalName: 'text', accountTypeId: 'uuid', active: 'boolean', accountOwner: 'uuid',
    parentAccountId: 'uuid', industry: 'text', websiteUrl: 'text', shippingCity: 'text', shippingState: 'text',
    shippingZip: 'text', shippingCountry: 'text', billingCity: 'text', billingState: 'text', billingZip: 'text',
    billingCountry: 'text', employeeCount: 'text', annualRevenue: 'text', phone: 'text', email: 'text', status: 'text',
    organizationType: 'text', isPrincipal: 'boolean', isDistributor: 'boolean', sector: 'text', size: 'text',
  },
  search: ['accountName', 'accountLegalName'],
  scopes: { owner: 'accountOwner' },
  mergeable: true,
});
export type Account = z.output<typeof accounts.View>;

/** For records that may belong to an account: whoever may not see it sees none of them. */
export const ofAccount: RecordParent = {
  field: 'accountId',
  table: 'account',
  reads: 'account:read',
  scopes: { owner: 'accountOwner' },
};
