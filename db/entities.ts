import { approvalEntities } from './approvals/index.ts';
import { crmEntities } from './crm/index.ts';
import { inventoryEntities } from './inventory/index.ts';
import { platformEntities } from './platform/index.ts';
import { povEntities } from './pov/index.ts';

/** Register: one line per area. */
export const entities = [
  ...platformEntities, ...approvalEntities, ...crmEntities, ...inventoryEntities, ...povEntities,
];
