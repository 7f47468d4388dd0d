import { defineEntity, p } from '@mikro-orm/core';
import {
  featureRequestStatuses,
  requestPriorities,
  type FeatureRequestStatus,
  type RequestPriority,
} from '../../domain/pov/request/feature-request.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** POV-008. */
const FeatureRequestSchema = defineEntity({
  name: 'FeatureRequest',
  tableName: 'feature_request',
  properties: {
    ...owned(),
    title: p.string().length(200),
    description: p.text().nullable(),
    status: p.string().$type<FeatureRequestStatus>().length(20).default('open'),
    priority: p.string().$type<RequestPriority>().length(20).default('normal'),
    povId: p.uuid().$type<string | null>().nullable(),
    requestedBy: p.string().length(200).nullable(),
    ownerId: p.uuid(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'povId'] },
    { properties: ['tenantId', 'ownerId'] },
  ],
  checks: [
    { name: 'feature_request_status_check', expression: oneOf('status', featureRequestStatuses) },
    { name: 'feature_request_priority_check', expression: oneOf('priority', requestPriorities) },
  ],
  ...tenantOwned,
});
export class FeatureRequest extends FeatureRequestSchema.class {}
FeatureRequestSchema.setClass(FeatureRequest);
