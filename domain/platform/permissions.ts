import { jobPermissions } from './job/job.contract.ts';
import { notificationPermissions } from './notification.contract.ts';
import { savedViewPermissions } from './table/table.contract.ts';
import { webhookPermissions } from './webhook/webhook.contract.ts';
import { grant, type PermissionGrid } from './permission.ts';

const ownKeys = {
  ...grant.admins,
  SALES_MANAGEMENT: 'own',
  SALESPERSON: 'own',
  ACCOUNTING: 'own',
  READ_ONLY: 'own',
} as const;

/** PLT-T2, rows "users, roles, settings, API keys", "audit log" and "tenants". */
export const platformPermissions = {
  ...notificationPermissions,
  ...webhookPermissions,
  ...savedViewPermissions,
  ...jobPermissions,
  user: { read: grant.managers, manage: grant.admins },
  role: { read: grant.admins, manage: grant.admins },
  /** Whoever says which services vouch for people can become any of them: see docs/decisions. */
  'identity-provider': { manage: grant.admins },
  setting: { read: grant.admins, manage: grant.admins },
  /** A key never does more than its user: everybody may have keys, administrators see and revoke all. */
  'api-key': { read: ownKeys, create: ownKeys, delete: ownKeys },
  'audit-log': { read: grant.admins },
  /** Who sees a process is said by its own contract. */
  process: { hold: grant.managers, steer: grant.admins, reconcile: grant.admins, decode: grant.admins },
  'sandbox-clock': { move: grant.managers },
  tenant: { manage: { SUPER_ADMIN: 'all' } },
} satisfies PermissionGrid;
