import { approvalRoutes } from './approvals/index.ts';
import { crmRoutes } from './crm/index.ts';
import { inventoryRoutes } from './inventory/index.ts';
import { platformRoutes } from './platform/index.ts';
import { povRoutes } from './pov/index.ts';
import type { Served } from './platform/serve.ts';

/** Register: one line per area. */
export const routes: Served[] = [...platformRoutes, ...approvalRoutes, ...crmRoutes, ...inventoryRoutes, ...povRoutes];
