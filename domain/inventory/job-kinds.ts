import type { JobKind } from '../platform/job/job-kind.ts';

/** Of this area: what is imported, exported and changed many at once. */
export const inventoryJobKinds = {
  product: { name: 'product', path: '/api/inventory/products', bulk: ['update', 'tag', 'delete'] },
  warehouse: { name: 'warehouse', path: '/api/inventory/warehouses', bulk: ['update', 'delete'] },
} as const satisfies Record<string, JobKind>;
