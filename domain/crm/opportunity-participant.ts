import { z } from 'zod';
import { Id } from '../platform/id.ts';
import { record } from '../platform/record.ts';
import { ofOpportunity } from './opportunity.ts';

export const participantRoles = ['customer', 'principal', 'distributor', 'vendor', 'partner', 'other'] as const;
export type ParticipantRole = (typeof participantRoles)[number];

const text = z.string().nullable();

/** A company that has a part in an opportunity, with the person who acts for it (CRM-075). */
export const opportunityParticipants = record({
  name: 'opportunity-participant',
  area: 'crm',
  tableName: 'opportunity_participant',
  path: '/api/opportunity-participants',
  title: 'role',
  shape: z.object({ opportunityId: Id, accountId: Id, role: z.enum(participantRoles), contactId: Id.nullable() }),
  shown: z.object({ accountName: text, contactName: text, opportunityName: text }),
  create: z.object({
    opportunityId: Id.meta({ title: 'Opportunity', description: 'Stays as it is' }),
    accountId: Id.meta({ title: 'Account' }),
    role: z.enum(participantRoles).meta({ title: 'Role' }),
    contactId: Id.nullable().optional().meta({ title: 'Contact', description: 'Somebody of that account' }),
  }),
  fields: { opportunityId: 'uuid', accountId: 'uuid', role: 'text', contactId: 'uuid' },
  defaultSort: 'createdAt',
  belongsTo: ofOpportunity,
});
export type OpportunityParticipant = z.output<typeof opportunityParticipants.View>;
