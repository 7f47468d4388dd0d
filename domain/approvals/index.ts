import * as contract from './instance.contract.ts';
import { approvalPermissions } from './permissions.ts';

export const approvals = {
  endpoints: { instances: contract.instanceEndpoints },
  events: [
    contract.instanceStarted,
    contract.stepOpened,
    contract.stepAdded,
    contract.stepDecided,
    contract.stepSkipped,
    contract.stepReminded,
    contract.instanceOverdue,
    contract.instanceCompleted,
    contract.instanceRejected,
    contract.instanceCancelled,
  ],
  processes: [contract.approvalProcess],
  permissions: approvalPermissions,
};
