import * as contract from './instance.contract.ts';
import { approvalPermissions } from './permissions.ts';
import { standIns } from './stand-in.ts';

export const approvals = {
  endpoints: { instances: contract.instanceEndpoints },
  events: [
    contract.instanceStarted,
    contract.stepOpened,
    contract.stepAdded,
    contract.stepDecided,
    contract.stepDelegated,
    contract.stepReassigned,
    contract.stepSkipped,
    contract.stepReminded,
    contract.instanceOverdue,
    contract.instanceCompleted,
    contract.instanceRejected,
    contract.instanceCancelled,
  ],
  records: [standIns],
  processes: [contract.approvalProcess],
  permissions: approvalPermissions,
};
