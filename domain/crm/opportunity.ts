import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { JsonObject, line, Moment, Words } from '../platform/field.ts';
import { CustomFieldPeople } from '../platform/custom-field/custom-field.ts';
import { Id } from '../platform/id.ts';
import { notCents } from '../platform/money.ts';
import { record, type RecordParent } from '../platform/record.ts';
import { optionalText } from './crm-fields.ts';
import { stageOutcomes, StageKey } from './opportunity-stage.ts';

const text = z.string().nullable();
const Decimal = z
  .union([z.string(), z.number()]).transform(String)
  .pipe(z.string().regex(/^\d{1,10}(\.\d{1,2})?$/, 'must be an amount with at most two decimals'));

/** The greatest amount, in cents: sums of very many of them stay exact. */
export const centsMax = 10_000_000_000_000;
export const Cents = z.int({ error: ({ input }) => (input === undefined ? 'is required' : notCents) })
  .min(0, 'must be at least 0').max(centsMax, 'is too great');

const sent = {
  opportunityName: line(255).optional().meta({ title: 'Opportunity name' }),
  name: line(255).optional().meta({ description: 'Another name of `opportunityName`' }),
  description: optionalText(10_000).meta({ title: 'Description' }),
  active: z.boolean().default(true).meta({ title: 'Active' }),
  value: Cents.optional().meta({ title: 'Value', description: 'In cents; follows from its lines where it has any' }),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of three letters').default('USD')
    .meta({ title: 'Currency' }),
  stage: StageKey.optional().meta({ title: 'Stage', description: 'The key of a stage; the first one, unless said' }),
  probability: z.int('must be a whole number').min(0, 'must be at least 0').max(100, 'must be at most 100').optional()
    .meta({ title: 'Probability', description: 'That of its stage, unless said' }),
  expectedCloseDate: Moment.nullable().optional().meta({ title: 'Expected close' }),
  estimatedCloseDate: Moment.nullable().optional().meta({ description: 'Another name of `expectedCloseDate`' }),
  actualCloseDate: Moment.nullable().optional()
    .meta({ title: 'Closed', description: 'Of a closed one; the moment it is closed, unless said' }),
  accountId: Id.nullable().optional().meta({ title: 'Account' }),
  companyId: Id.nullable().optional().meta({ description: 'Another name of `accountId`' }),
  distributorAccountId: Id.nullable().optional().meta({ title: 'Distributor' }),
  vendorAccountId: Id.nullable().optional().meta({ title: 'Vendor' }),
  productId: Id.nullable().optional().meta({ title: 'Main product' }),
  orderIdHouse: optionalText(100).meta({ title: 'House order id' }),
  expectedUsageGrossTotal: Decimal.nullable().optional().meta({ title: 'Expected usage, gross' }),
  expectedCommissionGrossTotal: Decimal.nullable().optional()
    .meta({ title: 'Expected commission, gross', description: 'Follows from its lines where they bring any' }),
  ownerId: Id.optional().meta({ title: 'Owner', description: 'Who creates it, unless said' }),
  opportunityOwnerId: Id.optional().meta({ description: 'Another name of `ownerId`' }),
  source: optionalText(100).meta({ title: 'Source', example: 'Referral' }),
  lostReason: optionalText(500).meta({ title: 'Lost because', description: 'Of a lost one, which is never without' }),
  kanbanIndex: z.int().min(-1e15).max(1e15).optional()
    .meta({ description: 'Its place in its column of the board: smaller stands higher' }),
  tags: Words.default([]).meta({ title: 'Tags' }),
  customFields: JsonObject.nullable().optional(),
};
const Account = z.object({ id: Id, name: z.string(), deleted: z.boolean() }).nullable();

/** A possible sale (CRM-T5). */
export const opportunities = record({
  name: 'opportunity',
  area: 'crm',
  tableName: 'opportunity',
  path: '/api/opportunities',
  title: 'opportunityName',
  shape: z.object({
    opportunityName: z.string(),
    description: text,
    active: z.boolean(),
    value: z.int(),
    currency: z.string(),
    stage: z.string(),
    stageSince: Instant.meta({ description: 'When it entered its stage' }),
    probability: z.int(),
    expectedCloseDate: Instant.nullable(),
    actualCloseDate: Instant.nullable(),
    accountId: Id.nullable(), distributorAccountId: Id.nullable(), vendorAccountId: Id.nullable(),
    productId: Id.nullable(),
    orderIdHouse: text,
    expectedUsageGrossTotal: text, expectedCommissionGrossTotal: text,
    ownerId: Id,
    source: text, lostReason: text,
    kanbanIndex: z.int(),
    tags: z.array(z.string()),
    customFields: JsonObject.nullable(),
  }),
  shown: z.object({
    productName: text,
    stageName: text,
    stageOutcome: z.enum(stageOutcomes).nullable(),
    weightedValue: z.int().nullable().meta({ description: 'Value × probability, in cents' }),
    owner: z.object({ id: Id, fullName: z.string() }).nullable(),
    account: Account, distributor: Account, vendor: Account,
    contacts: z.array(z.object({ id: Id, fullName: z.string() })).nullable()
      .meta({ description: 'The people among its participants' }),
    createdByName: text, updatedByName: text,
    customFieldPeople: CustomFieldPeople,
    _count: z.object({ lineItems: z.int(), participants: z.int() }),
  }),
  create: z.object(sent),
  fields: {
    opportunityName: 'text', active: 'boolean', value: 'number', currency: 'text', stage: 'text',
    stageSince: 'instant', probability: 'number', expectedCloseDate: 'utcDay', actualCloseDate: 'utcDay',
    accountId: 'uuid', distributorAccountId: 'uuid', vendorAccountId: 'uuid', productId: 'uuid', orderIdHouse: 'text',
    ownerId: 'uuid', source: 'text', lostReason: 'text', kanbanIndex: 'number',
  },
  search: ['opportunityName', 'orderIdHouse'],
  scopes: { owner: 'ownerId' },
});
export type Opportunity = z.output<typeof opportunities.View>;

/** For records that belong to an opportunity: whoever may not see it sees none of them. */
export const ofOpportunity: RecordParent = {
  field: 'opportunityId',
  table: 'opportunity',
  reads: 'opportunity:read',
  scopes: { owner: 'ownerId' },
};
