import { z } from 'zod';
import { line, prose } from '../../platform/field.ts';
import { Id } from '../../platform/id.ts';
import { record } from '../../platform/record.ts';
import { ofPov } from '../pov-access.ts';

export const featureRequestStatuses = ['open', 'planned', 'done', 'declined'] as const;
export type FeatureRequestStatus = (typeof featureRequestStatuses)[number];
export const requestPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export type RequestPriority = (typeof requestPriorities)[number];

/** What a customer misses in the product, mostly found out in a POV (POV-008). */
export const featureRequests = record({
  name: 'feature-request',
  area: 'pov',
  tableName: 'feature_request',
  path: '/api/feature-requests',
  title: 'title',
  shape: z.object({
    title: z.string(),
    description: z.string().nullable(),
    status: z.enum(featureRequestStatuses),
    priority: z.enum(requestPriorities),
    povId: Id.nullable(),
    requestedBy: z.string().nullable().meta({ description: 'Who asked for it, at the customer’s' }),
    ownerId: Id,
  }),
  create: z.object({
    title: line(),
    description: prose().nullable().optional(),
    status: z.enum(featureRequestStatuses).default('open'),
    priority: z.enum(requestPriorities).default('normal'),
    povId: Id.nullable().optional(),
    requestedBy: line().nullable().optional(),
    ownerId: Id.optional(),
  }),
  fields: {
    title: 'text',
    status: 'text',
    priority: 'text',
    povId: 'uuid',
    requestedBy: 'text',
    ownerId: 'uuid',
  },
  search: ['title', 'description', 'requestedBy'],
  scopes: { owner: 'ownerId' },
  belongsTo: ofPov,
});
export type FeatureRequest = z.output<typeof featureRequests.View>;
