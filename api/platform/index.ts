import { eventRoutes } from './events.routes.ts';
import { processRoutes } from './processes.routes.ts';
import { sandboxRoutes } from './sandbox.routes.ts';
import type { Served } from './serve.ts';

/** Register: the routes of the platform. */
export const platformRoutes: Served[] = [eventRoutes, processRoutes, sandboxRoutes];
