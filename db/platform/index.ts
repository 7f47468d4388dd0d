import { Notification } from './notification.entity.ts';
import {
  AuditLog, Idempotency, Operation, OutboxEvent, Process, RejectedInput, Stream, TenantClock,
} from './plumbing.entity.ts';
import { RateLimitBucket } from './rate-limit-bucket.entity.ts';
import { Role, RolePermission } from './identity/role-permission.entity.ts';
import { ApiKey, Session } from './identity/session.entity.ts';
import { Tenant } from './tenant.entity.ts';
import { User } from './identity/user.entity.ts';

export const platformEntities = [
  Tenant, User, Role, RolePermission, Session, ApiKey, Notification,
  TenantClock, Stream, Process, RejectedInput, Idempotency, OutboxEvent, AuditLog, Operation, RateLimitBucket,
];
