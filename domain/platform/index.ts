import type { AreaContracts } from '../index.ts';
import { eventEndpoints } from './event.contract.ts';
import { healthEndpoints } from './health.contract.ts';
import { notificationCreated, notificationEndpoints, notificationRead } from './notification.contract.ts';
import { platformPermissions } from './permissions.ts';
import { processEndpoints } from './process.contract.ts';
import { clockAdvance, clockAdvanceRequested, clockMoved, sandboxEndpoints } from './sandbox.contract.ts';

/** Register of the platform. */
export const platform: AreaContracts = {
  endpoints: {
    event: eventEndpoints, health: healthEndpoints, notification: notificationEndpoints, process: processEndpoints,
    sandbox: sandboxEndpoints,
  },
  events: [clockMoved, clockAdvanceRequested, notificationCreated, notificationRead],
  processes: [clockAdvance],
  permissions: platformPermissions,
};
