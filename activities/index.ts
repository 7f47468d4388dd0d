import { approvalVerbs } from './approvals/index.ts';
import { crmVerbs } from './crm/index.ts';
import { inventoryVerbs } from './inventory/index.ts';
import { platformVerbs } from './platform/index.ts';
import { povVerbs } from './pov/index.ts';

/** Register: one line per area. */
export const verbs = { ...platformVerbs, ...approvalVerbs, ...crmVerbs, ...inventoryVerbs, ...povVerbs };
