import { addStep } from './add-step.ts';
import { cancelInstance } from './cancel-instance.ts';
import { closeInstance } from './close-instance.ts';
import { decideStep } from './decide-step.ts';
import { expireInstance } from './expire-instance.ts';
import { lookAtApproval } from './look-at-approval.ts';
import { markOverdue } from './mark-overdue.ts';
import { openInstance } from './open-instance.ts';
import { openStep } from './open-step.ts';
import { remindApprovers } from './remind-approvers.ts';
import { skipStep } from './skip-step.ts';
import { withdrawInstance } from './withdraw-instance.ts';

export const approvalVerbs = {
  openInstance,
  openStep,
  remindApprovers,
  decideStep,
  skipStep,
  addStep,
  cancelInstance,
  withdrawInstance,
  markOverdue,
  expireInstance,
  closeInstance,
  lookAtApproval,
};
