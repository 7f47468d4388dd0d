import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { line, Moment } from '../../platform/field.ts';
import { Id } from '../../platform/id.ts';
import { mailStates } from '../../platform/mail.ts';
import { record } from '../../platform/record.ts';
import { ofAccount } from '../account.ts';
import { optionalText } from '../crm-fields.ts';
import { Attachments, namedAbout, sentAbout, shownAbout } from './about.ts';

export const interactionTypes = ['call', 'email', 'meeting', 'note', 'task'] as const;
export type InteractionType = (typeof interactionTypes)[number];
export const interactionStatuses = ['scheduled', 'completed', 'cancelled'] as const;
export type InteractionStatus = (typeof interactionStatuses)[number];
export const interactionDirections = ['inbound', 'outbound'] as const;
export type InteractionDirection = (typeof interactionDirections)[number];
/** How a call or meeting mostly ends; other words are taken too. */
export const activityOutcomes = ['reached', 'left_message', 'no_answer', 'follow_up'] as const;
export type ActivityOutcome = (typeof activityOutcomes)[number];

const text = z.string().nullable();
const sent = {
  type: z.enum(interactionTypes).meta({ title: 'Type' }),
  subject: line(255).meta({ title: 'Subject' }),
  description: optionalText(10_000).meta({ title: 'Description' }),
  outcome: optionalText(2000).meta({ title: 'Outcome', description: `Mostly one of ${activityOutcomes.join(', ')}` }),
  status: z.enum(interactionStatuses).default('completed').meta({ title: 'Status' }),
  direction: z.enum(interactionDirections).nullable().optional().meta({ title: 'Direction' }),
  scheduledAt: Moment.nullable().optional().meta({ title: 'Planned for' }),
  completedAt: Moment.nullable().optional().meta({ title: 'Took place', description: 'Now, of what is completed' }),
  duration: z.int().min(0).max(100_000).nullable().optional().meta({ title: 'Minutes' }),
  ...sentAbout,
  ownerId: Id.optional().meta({ title: 'Owner', description: 'Who creates it, unless said' }),
  participants: z.array(Id).max(50).default([]).meta({ title: 'Participants', description: 'Ids of users' }),
  attachments: Attachments.default([]).meta({ title: 'Attachments' }),
};

/** Anything that happened or is planned with a customer (CRM-T7); a note is one too. */
export const interactions = record({
  name: 'interaction',
  area: 'crm',
  tableName: 'interaction',
  path: '/api/crm/interactions',
  title: 'subject',
  shape: z.object({
    type: z.enum(interactionTypes),
    subject: z.string(),
    description: text, outcome: text,
    status: z.enum(interactionStatuses),
    direction: z.enum(interactionDirections).nullable(),
    scheduledAt: Instant.nullable(),
    completedAt: Instant.nullable(),
    duration: z.int().nullable(),
    ...shownAbout,
    ownerId: Id,
    participants: z.array(Id),
    attachments: z.array(z.string()),
  }),
  shown: z.object({
    ...namedAbout, ownerName: text,
    emailTo: text.meta({ description: 'Of a mail that was sent from here: where to' }),
    emailStatus: z.enum(mailStates).nullable().meta({ description: 'What became of it' }),
    emailProblem: text.meta({ description: 'Why it did not arrive' }),
  }),
  create: z.object(sent),
  fields: {
    type: 'text', subject: 'text', status: 'text', direction: 'text', scheduledAt: 'instant', completedAt: 'instant',
    duration: 'number', contactId: 'uuid', accountId: 'uuid', opportunityId: 'uuid', ownerId: 'uuid',
  },
  search: ['subject', 'description'],
  scopes: { owner: 'ownerId' },
  belongsTo: ofAccount,
});
export type Interaction = z.output<typeof interactions.View>;
