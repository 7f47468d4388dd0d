import { WorkflowNotFoundError } from '@temporalio/common';
import { withEngine } from '../engine.ts';

/** Ends the execution of a process in the engine and says which run that was; null where it has ended already. */
export const endExecution = (workflowId: string, reason: string): Promise<string | null> =>
  withEngine(async ({ client }) => {
    const execution = client.workflow.getHandle(workflowId);
    try {
      const { runId } = await execution.describe();
      await execution.terminate(reason);
      return runId;
    } catch (e) {
      if (!(e instanceof WorkflowNotFoundError)) throw e;
      return null;
    }
  });
