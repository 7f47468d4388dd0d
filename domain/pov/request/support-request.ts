import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { line, Moment, prose } from '../../platform/field.ts';
import { Id } from '../../platform/id.ts';
import { record } from '../../platform/record.ts';
import { ofPov } from '../pov-access.ts';

export const supportRequestStatuses = ['open', 'waiting', 'solved'] as const;
export type SupportRequestStatus = (typeof supportRequestStatuses)[number];
const Severity = z.int().min(1).max(4).meta({ description: '1 stops the work, 4 can wait' });

/** Help that a customer needs, mostly in a POV (POV-008). */
export const supportRequests = record({
  name: 'support-request',
  area: 'pov',
  tableName: 'support_request',
  path: '/api/support-requests',
  title: 'title',
  shape: z.object({
    title: z.string(),
    description: z.string().nullable(),
    status: z.enum(supportRequestStatuses),
    severity: Severity,
    povId: Id.nullable(),
    dueAt: Instant.nullable(),
    ownerId: Id,
  }),
  create: z.object({
    title: line(),
    description: prose().nullable().optional(),
    status: z.enum(supportRequestStatuses).default('open'),
    severity: Severity.default(3),
    povId: Id.nullable().optional(),
    dueAt: Moment.nullable().optional(),
    ownerId: Id.optional(),
  }),
  fields: { title: 'text', status: 'text', severity: 'number', povId: 'uuid', dueAt: 'instant', ownerId: 'uuid' },
  search: ['title', 'description'],
  scopes: { owner: 'ownerId' },
  belongsTo: ofPov,
});
export type SupportRequest = z.output<typeof supportRequests.View>;
