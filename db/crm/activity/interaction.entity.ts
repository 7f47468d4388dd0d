import { defineEntity, p } from '@mikro-orm/core';
import {
  interactionDirections, interactionStatuses, interactionTypes,
  type InteractionDirection, type InteractionStatus, type InteractionType,
} from '../../../domain/crm/activity/interaction.ts';
import { oneOf, owned, tenantOwned } from '../../platform/columns.ts';

const reference = () => p.uuid().$type<string | null>().nullable();

/** CRM-T7, with the indexes of CRM-090. */
const InteractionSchema = defineEntity({
  name: 'Interaction',
  tableName: 'interaction',
  properties: {
    ...owned(),
    type: p.string().$type<InteractionType>().length(20),
    subject: p.string().length(255),
    description: p.text().nullable(),
    outcome: p.text().nullable(),
    status: p.string().$type<InteractionStatus>().length(20).default('completed'),
    direction: p.string().$type<InteractionDirection | null>().length(20).nullable(),
    scheduledAt: p.datetime().nullable(),
    completedAt: p.datetime().nullable(),
    duration: p.integer().nullable(),
    contactId: reference(),
    accountId: reference(),
    opportunityId: reference(),
    ownerId: p.uuid(),
    participants: p.array<string>().columnType('uuid[]').default([]),
    attachments: p.array<string>().columnType('text[]').default([]),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'subject'] },
    { properties: ['tenantId', 'type'] },
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'contactId'] },
    { properties: ['tenantId', 'accountId'] },
    { properties: ['tenantId', 'opportunityId'] },
    { properties: ['tenantId', 'ownerId'] },
    { properties: ['tenantId', 'scheduledAt'] },
    { properties: ['tenantId', 'deletedAt'] },
  ],
  checks: [
    { name: 'interaction_type_check', expression: oneOf('type', interactionTypes) },
    { name: 'interaction_status_check', expression: oneOf('status', interactionStatuses) },
    { name: 'interaction_direction_check', expression: oneOf('direction', interactionDirections) },
  ],
  ...tenantOwned,
});
export class Interaction extends InteractionSchema.class {}
InteractionSchema.setClass(Interaction);
