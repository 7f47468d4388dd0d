import { defineEntity, p } from '@mikro-orm/core';
import { tenantOwned } from './columns.ts';

/** Audit rows past the tenant's retention, each as it was (PLT-063). The application can only read them. */
const AuditArchiveSchema = defineEntity({
  name: 'AuditArchive',
  tableName: 'audit_archive',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    createdAt: p.datetime(),
    entry: p.json<Record<string, unknown>>(),
    archivedAt: p.datetime().defaultRaw('now()'),
  },
  indexes: [{ properties: ['tenantId', 'createdAt'] }],
  ...tenantOwned,
});
export class AuditArchive extends AuditArchiveSchema.class {}
AuditArchiveSchema.setClass(AuditArchive);
