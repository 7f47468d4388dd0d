import { grant, type PermissionGrid } from '../platform/permission.ts';

/** PLT-T2. */
export const inventoryPermissions = {
  product: {
    read: grant.everyone,
    create: grant.managers, update: grant.managers, delete: grant.managers, restore: grant.managers,
  },
  /** Whoever keeps products may name a new one; what they are called and which are in use is the administrators'. */
  'product-category': {
    read: grant.everyone,
    create: grant.managers, update: grant.admins, delete: grant.admins, restore: grant.admins,
  },
  warehouse: {
    read: grant.everyone,
    create: grant.managers, update: grant.managers, delete: grant.managers, restore: grant.managers,
  },
} satisfies PermissionGrid;
