import { grant, type PermissionGrid } from '../platform/permission.ts';

const ofOneself = { SALES_MANAGEMENT: 'own', SALESPERSON: 'own', ACCOUNTING: 'own' } as const;
const ofBoth = { SALES_MANAGEMENT: 'team', SALESPERSON: 'team', ACCOUNTING: 'team' } as const;

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
  /** Whoever decides names their own; for others, who may decide more, only administrators do. */
  'stand-in': {
    read: { ...grant.admins, ...ofBoth },
    create: { ...grant.admins, ...ofOneself },
    update: { ...grant.admins, ...ofOneself },
    delete: { ...grant.admins, ...ofOneself },
    restore: grant.admins,
  },
} satisfies PermissionGrid;
