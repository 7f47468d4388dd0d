import { z } from 'zod';
import { line } from '../platform/field.ts';
import { Id } from '../platform/id.ts';
import { record } from '../platform/record.ts';
import { Cents, ofOpportunity } from './opportunity.ts';

const sent = {
  opportunityId: Id.meta({ title: 'Opportunity', description: 'Stays as it is' }),
  productId: Id.nullable().optional().meta({ title: 'Product' }),
  description: line(500).meta({ title: 'Description' }),
  quantity: z.int('must be a whole number').min(1, 'must be at least 1').max(1_000_000, 'must be at most 1,000,000')
    .default(1).meta({ title: 'Quantity' }),
  unitPrice: Cents.default(0).meta({ title: 'Unit price', description: 'In cents' }),
  discountPercent: z.number().min(0, 'must be at least 0').max(100, 'must be at most 100')
    .refine(n => /^\d+(\.\d{1,2})?$/.test(String(n)), 'must have at most two decimals').default(0)
    .meta({ title: 'Discount', example: 10 }),
  sortOrder: z.int().min(0).max(1_000_000).optional().meta({ title: 'Order', description: 'The last, unless said' }),
};

/** One position of what an opportunity is about (CRM-T6). */
export const opportunityLineItems = record({
  name: 'opportunity-line-item',
  area: 'crm',
  tableName: 'opportunity_line_item',
  path: '/api/opportunity-line-items',
  title: 'description',
  shape: z.object({
    opportunityId: Id, productId: Id.nullable(), description: z.string(), quantity: z.int(), unitPrice: z.int(),
    discountPercent: z.number(),
    lineTotal: z.int().meta({ description: 'Quantity × unit price less the discount, in cents' }),
    sortOrder: z.int(),
  }),
  shown: z.object({
    productName: z.string().nullable(),
    commissionPercent: z.string().nullable()
      .meta({ description: 'Of its product, else of the relation between principal and distributor' }),
    commission: z.int().nullable().meta({ description: 'Total × commission percent, in cents' }),
  }),
  create: z.object(sent),
  fields: {
    opportunityId: 'uuid', productId: 'uuid', description: 'text', quantity: 'number', unitPrice: 'number',
    discountPercent: 'number', lineTotal: 'number', sortOrder: 'number',
  },
  defaultSort: 'sortOrder,createdAt',
  belongsTo: ofOpportunity,
});
export type OpportunityLineItem = z.output<typeof opportunityLineItems.View>;

/** Quantity × unit price less the discount, rounded half up to whole cents (CRM-074). */
export function lineTotalOf(of: Pick<OpportunityLineItem, 'quantity' | 'unitPrice' | 'discountPercent'>): number {
  const kept = 10_000n - BigInt(Math.round(of.discountPercent * 100));
  return Number((BigInt(of.quantity) * BigInt(of.unitPrice) * kept + 5_000n) / 10_000n);
}
