import { z } from 'zod';
import { Day } from '../platform/clock.ts';
import { Id } from '../platform/id.ts';
import { record } from '../platform/record.ts';
import { optionalText, Percent } from './crm-fields.ts';

export const relationshipStatuses = ['active', 'inactive'] as const;
const text = z.string().nullable();

/** A distributor sells what a principal makes, at a commission (CRM-T4). */
export const principalDistributorRelationships = record({
  name: 'principal-distributor-relationship',
  area: 'crm',
  tableName: 'principal_distributor_relationship',
  path: '/api/principal-distributor-relationships',
  title: 'status',
  shape: z.object({
    principalAccountId: Id, distributorAccountId: Id, commissionRate: z.string(), status: z.enum(relationshipStatuses),
    startDate: Day.nullable(), endDate: Day.nullable(), territory: text, notes: text,
  }),
  shown: z.object({
    pairName: text.meta({ description: 'Both names' }), principalName: text, distributorName: text,
    createdByName: text, updatedByName: text,
  }),
  create: z.object({
    principalAccountId: Id.meta({ title: 'Principal', description: 'An account that is flagged as principal' }),
    distributorAccountId: Id.meta({ title: 'Distributor' }),
    commissionRate: Percent.meta({
      title: 'Commission rate', description: 'In percent, two decimals', example: '12.50',
    }),
    status: z.enum(relationshipStatuses).default('active').meta({ title: 'Status' }),
    startDate: Day.nullable().optional().meta({ title: 'From' }),
    endDate: Day.nullable().optional().meta({ title: 'Until' }),
    territory: optionalText(255).meta({ title: 'Territory' }),
    notes: optionalText(10_000).meta({ title: 'Notes' }),
  }),
  fields: {
    principalAccountId: 'uuid', distributorAccountId: 'uuid', commissionRate: 'number', status: 'text',
    territory: 'text',
  },
});
export type PrincipalDistributorRelationship = z.output<typeof principalDistributorRelationships.View>;
