import { z } from 'zod';
import { Instant } from './clock.ts';
import { Id } from './id.ts';
import { ListQuery } from './list.ts';

const Values = z.record(z.string(), z.unknown()).nullable();

/** One row of the audit log (PLT-T3). */
export const AuditEntry = z
  .object({
    id: Id,
    tenantId: Id,
    userId: Id.nullable(),
    user: z.string().meta({ description: 'Name of the user, or "system"' }),
    action: z.string().meta({ description: 'CREATE, UPDATE, DELETE, LOGIN, LOGOUT, EXPORT, IMPORT, ACCESS_DENIED' }),
    tableName: z.string(),
    recordId: z.string().nullable(),
    verb: z.string(),
    oldValues: Values,
    newValues: Values,
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
    createdAt: Instant,
    recordedAt: Instant.meta({ description: 'In the machine’s time, where the tenant’s clock was moved' }),
  })
  .meta({ id: 'AuditEntry' });

const text = z.string().max(200).optional();
/** The usual filters have short names, too (PLT-064). */
export const AuditQuery = ListQuery.extend({
  userId: Id.optional(),
  tableName: text,
  recordId: text,
  action: text,
  from: Instant.optional(),
  to: Instant.optional(),
});
export type AuditQuery = z.output<typeof AuditQuery>;
