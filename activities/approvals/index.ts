import { addStep } from './add-step.ts';
import { cancelInstance } from './cancel-instance.ts';
import { closeInstance } from './close-instance.ts';
import { decideStep } from './decide-step.ts';
import { namedVerbs } from '../platform/record/named-verbs.ts';
import { delegateStep } from './delegate-step.ts';
import { expireInstance } from './expire-instance.ts';
import { lookAtApproval } from './look-at-approval.ts';
import { markApprovalOverdue } from './mark-approval-overdue.ts';
import { openInstance } from './open-instance.ts';
import { openStep } from './open-step.ts';
import { remindApprovers } from './remind-approvers.ts';
import { skipStep } from './skip-step.ts';
import { standInVerbs } from './stand-in-verbs.ts';
import { withdrawInstance } from './withdraw-instance.ts';

export const approvalVerbs = {
  openInstance,
  openStep,
  remindApprovers,
  decideStep,
  delegateStep,
  skipStep,
  addStep,
  cancelInstance,
  withdrawInstance,
  // As histories of approvals name it.
  markOverdue: markApprovalOverdue,
  expireInstance,
  closeInstance,
  lookAtApproval,
  ...namedVerbs('StandIn', standInVerbs),
};
