import { grant, type PermissionGrid } from '../platform/permission.ts';

/** PLT-T2. */
export const inventoryPermissions = {
  product: {
    read: grant.everyone,
    create: grant.managers, update: grant.managers, delete: grant.managers, restore: grant.managers,
  },
  warehouse: {
    read: grant.everyone,
    create: grant.managers, update: grant.managers, delete: grant.managers, restore: grant.managers,
  },
} satisfies PermissionGrid;
