import { defineEntity, p } from '@mikro-orm/core';
import { supportRequestStatuses, type SupportRequestStatus } from '../../domain/pov/request/support-request.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** POV-008. */
const SupportRequestSchema = defineEntity({
  name: 'SupportRequest',
  tableName: 'support_request',
  properties: {
    ...owned(),
    title: p.string().length(200),
    description: p.text().nullable(),
    status: p.string().$type<SupportRequestStatus>().length(20).default('open'),
    severity: p.integer().default(3),
    povId: p.uuid().$type<string | null>().nullable(),
    dueAt: p.datetime().nullable(),
    ownerId: p.uuid(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'dueAt'] },
    { properties: ['tenantId', 'povId'] },
    { properties: ['tenantId', 'ownerId'] },
  ],
  checks: [
    { name: 'support_request_status_check', expression: oneOf('status', supportRequestStatuses) },
    { name: 'support_request_severity_check', expression: 'severity >= 1 and severity <= 4' },
  ],
  ...tenantOwned,
});
export class SupportRequest extends SupportRequestSchema.class {}
SupportRequestSchema.setClass(SupportRequest);
