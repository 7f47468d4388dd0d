import { grant, type PermissionGrid } from '../platform/permission.ts';

const team = { ...grant.managers, SALESPERSON: 'team' } as const;

/** PLT-T2, row "tickets"; who may delete one may take that back. */
const request = {
  read: { ...team, ACCOUNTING: 'all', READ_ONLY: 'all' },
  create: team, update: team, delete: grant.managers, restore: grant.managers,
} as const;

/** PLT-T2; what a salesperson may do in a team also depends on the team role (pov-access.ts). */
export const povPermissions = {
  pov: {
    read: { ...team, ACCOUNTING: 'all', READ_ONLY: 'all' },
    create: { ...grant.managers, SALESPERSON: 'all' },
    update: team, delete: grant.managers, restore: grant.managers,
    transition: team, launch: team, submit: team, sync: team,
  },
  'phase-template': {
    // Choosing one for a POV; the administration of templates is for administrators alone (POV-068).
    read: { ...grant.managers, SALESPERSON: 'all' }, manage: grant.admins,
    create: grant.admins, update: grant.admins, delete: grant.admins, restore: grant.admins,
  },
  'feature-request': request,
  'support-request': request,
} satisfies PermissionGrid;
