import type { approvalVerbs } from '../../activities/approvals/index.ts';
import {
  instanceCancelled,
  instanceStarted,
  stepAdded,
  stepDecided,
  stepDelegated,
  stepReassigned,
  stepSkipped,
} from '../../domain/approvals/instance.contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { clockMoved } from '../../domain/platform/sandbox.contract.ts';
import { verbs } from '../platform/verbs.ts';
import { watch } from '../platform/watch.ts';

const { lookAtApproval, openStep, remindApprovers, markOverdue, expireInstance, closeInstance } =
  verbs<typeof approvalVerbs>();

/**
 * An approval: opens its steps when it is their turn and waits for the decisions, which are made elsewhere; reminds the
 * approvers; tells when it is overdue, or ends it at its deadline; tells those concerned how it ended.
 */
export async function approval(input: ProcessInput): Promise<string> {
  return watch(
    input,
    lookAtApproval,
    {
      openStep: step => openStep(step),
      remindApprovers: step => remindApprovers(step),
      markOverdue: step => markOverdue(step),
      expireInstance: step => expireInstance(step),
      closeInstance: step => closeInstance(step),
    },
    [
      instanceStarted,
      stepAdded,
      stepDecided,
      stepDelegated,
      stepReassigned,
      stepSkipped,
      instanceCancelled,
      clockMoved,
    ],
  );
}
