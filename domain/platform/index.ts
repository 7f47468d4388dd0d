import type { AreaContracts } from '../index.ts';
import { apiKeyEndpoints } from './api-key.contract.ts';
import { auditEndpoints } from './audit.contract.ts';
import { eventEndpoints } from './event.contract.ts';
import { healthEndpoints } from './health.contract.ts';
import { notificationCreated, notificationEndpoints, notificationRead } from './notification.contract.ts';
import { platformPermissions } from './permissions.ts';
import { processEndpoints } from './process.contract.ts';
import { roleEndpoints } from './role.contract.ts';
import { clockAdvance, clockAdvanceRequested, clockMoved, sandboxEndpoints } from './sandbox.contract.ts';
import { sessionEndpoints } from './session.contract.ts';
import { userEndpoints } from './user.contract.ts';

/** Register of the platform. */
export const platform: AreaContracts = {
  endpoints: {
    session: sessionEndpoints, user: userEndpoints, role: roleEndpoints, apiKey: apiKeyEndpoints, audit: auditEndpoints,
    event: eventEndpoints, health: healthEndpoints, notification: notificationEndpoints, process: processEndpoints,
    sandbox: sandboxEndpoints,
  },
  events: [clockMoved, clockAdvanceRequested, notificationCreated, notificationRead],
  processes: [clockAdvance],
  permissions: platformPermissions,
};
