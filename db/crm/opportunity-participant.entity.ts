import { defineEntity, p } from '@mikro-orm/core';
import { participantRoles, type ParticipantRole } from '../../domain/crm/opportunity-participant.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** CRM-075. The same part is played once: an index in the migration. */
const OpportunityParticipantSchema = defineEntity({
  name: 'OpportunityParticipant',
  tableName: 'opportunity_participant',
  properties: {
    ...owned(),
    opportunityId: p.uuid(),
    accountId: p.uuid(),
    role: p.string().$type<ParticipantRole>().length(20),
    contactId: p.uuid().$type<string | null>().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'opportunityId'] },
    { properties: ['tenantId', 'accountId'] },
    { properties: ['tenantId', 'contactId'] },
  ],
  checks: [{ name: 'opportunity_participant_role_check', expression: oneOf('role', participantRoles) }],
  ...tenantOwned,
});
export class OpportunityParticipant extends OpportunityParticipantSchema.class {}
OpportunityParticipantSchema.setClass(OpportunityParticipant);
