import { z } from 'zod';
import { Day, Instant } from '../platform/clock.ts';
import { DecimalText, JsonList, JsonObject, line, Moment, prose, Words } from '../platform/field.ts';
import { Id } from '../platform/id.ts';
import { Version } from '../platform/version.ts';
import { PovStatus } from './pov-status.ts';

/** What the project is for and how it is judged (POV-011); further keys are kept. */
export const PovMetadata = z
  .object({
    customer: prose(1000).nullable(),
    teamSize: z.union([z.number(), prose(100)]).nullable(),
    successCriteria: z.union([prose(), JsonList]).nullable(),
    technicalRequirements: z.union([prose(), JsonList]).nullable(),
  })
  .partial()
  .catchall(z.unknown())
  .meta({ id: 'PovMetadata' });
export type PovMetadata = z.output<typeof PovMetadata>;

export const quarterTypes = ['CALENDAR', 'FISCAL'] as const;

const required = { title: line(), startDate: Moment, endDate: Moment };

/** Editable fields besides the required three; null clears. */
const optional = {
  objective: prose().nullable(),
  accountId: Id.nullable().meta({ description: 'The account that it is for' }),
  opportunityId: line(100).nullable().meta({
    description: 'One of ours, whose account and customer it takes over; or the id that an outside CRM has for its own',
  }),
  opportunityName: line().nullable().meta({
    description: 'That of the opportunity, for those who may read it; of an outside one as it is sent',
  }),
  revenue: DecimalText.nullable(),
  forecastDate: Moment.nullable(),
  customerName: line().nullable(),
  customerContact: line().nullable(),
  partnerName: line().nullable(),
  partnerContact: line().nullable(),
  competitors: Words,
  solution: prose().nullable(),
  documents: JsonList.nullable(),
  featureRequests: JsonList.nullable(),
  supportTickets: JsonList.nullable(),
  blockers: JsonList.nullable(),
  tags: Words,
  estimatedBudget: DecimalText.nullable(),
  budgetDocument: line(500).nullable(),
  resources: z.union([JsonList, JsonObject]).nullable(),
  metadata: PovMetadata.nullable(),
};
const alias = {
  dealId: line(100).nullable().meta({ description: 'Deprecated alias of opportunityId', deprecated: true }),
};
const Optional = z.object({ ...optional, ...alias }).partial();

const endsAfterStart = { path: ['endDate'], message: 'endDate must not be before startDate' };
const inOrder = (p: { startDate: string; endDate: string }): boolean => p.startDate <= p.endDate;

/** What a POV is created from (POV-001, 005); `templateId` adds the phases of a template. */
export const CreatePov = Optional.extend({ ...required, templateId: Id.nullable().optional() })
  .refine(inOrder, endsAfterStart)
  .meta({ id: 'CreatePov' });
export type CreatePov = z.output<typeof CreatePov>;

const fixed = {
  status: PovStatus.optional().meta({ description: 'Only the present status: it changes by a transition' }),
  ownerId: Id.optional(),
  version: Version,
};
export const PatchPov = Optional.extend(z.object(required).partial().shape).extend(fixed).meta({ id: 'PatchPov' });
export type PatchPov = z.output<typeof PatchPov>;
/** Replaces: what is not said is cleared. */
export const PutPov = Optional.extend({ ...required, ...fixed })
  .refine(inOrder, endsAfterStart)
  .meta({ id: 'PutPov' });

/** All optional fields cleared: what a replacement starts from. */
export const blankPov = {
  objective: null,
  accountId: null,
  opportunityId: null,
  opportunityName: null,
  revenue: null,
  forecastDate: null,
  customerName: null,
  customerContact: null,
  partnerName: null,
  partnerContact: null,
  competitors: [],
  solution: null,
  documents: null,
  featureRequests: null,
  supportTickets: null,
  blockers: null,
  tags: [],
  estimatedBudget: null,
  budgetDocument: null,
  resources: null,
  metadata: null,
} satisfies { [K in keyof typeof optional]: null | [] };

/** POV-T1. `dealId` and `createdDate` are aliases of opportunityId and createdAt. */
export const Pov = z
  .object({
    id: Id,
    tenantId: Id,
    title: z.string(),
    status: PovStatus,
    startDate: Instant,
    endDate: Instant,
    ...optional,
    teamId: Id.nullable(),
    ownerId: Id,
    dealId: z.string().nullable(),
    lastCrmSync: Instant.nullable(),
    crmSyncStatus: z.string().nullable(),
    dealCloseDate: Day.nullable(),
    quarterEnd: Day.nullable(),
    quarterType: z.enum(quarterTypes).nullable(),
    statusSince: Instant,
    statusReason: z.string().nullable(),
    createdAt: Instant,
    createdDate: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Pov' });
export type Pov = z.output<typeof Pov>;
