import { grant, type PermissionGrid } from '../platform/permission.ts';

/** PLT-T2, row "workflow instances". Which step somebody may decide is a rule of its own (step.ts, APR-018). */
export const approvalPermissions = {
  'workflow-instance': {
    read: { ...grant.managers, SALESPERSON: 'team', ACCOUNTING: 'all', READ_ONLY: 'all' },
    create: { ...grant.managers, SALESPERSON: 'all', ACCOUNTING: 'all' },
    decide: { ...grant.managers, SALESPERSON: 'all', ACCOUNTING: 'all' },
    update: grant.managers,
    cancel: { ...grant.managers, SALESPERSON: 'own', ACCOUNTING: 'own' },
    skip: grant.admins,
  },
} satisfies PermissionGrid;
