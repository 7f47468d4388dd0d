import { WorkflowNotFoundError } from '@temporalio/common';
import { withEngine } from '../engine.ts';

/** Ends the execution of a process in the engine; one that has ended already stays as it is. */
export const endExecution = (workflowId: string, reason: string): Promise<void> =>
  withEngine(async ({ client }) => {
    try {
      await client.workflow.getHandle(workflowId).terminate(reason);
    } catch (e) {
      if (!(e instanceof WorkflowNotFoundError)) throw e;
    }
  });
