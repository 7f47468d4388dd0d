import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { Refusal, refusalCodes, type RefusalCode } from '../../../domain/platform/errors.ts';
import { withEngine } from '../engine.ts';
import type { Taken } from './take-command.ts';

/** Half a second of the two that an update may take is the database's. */
const limitMs = 1500;

/**
 * Tells a process of a command and waits until it has taken it. The id of the command is that of the update: sent
 * again, it is the same one. Without the engine, or a worker, 503: nothing happened, or it comes to be by the same id.
 */
export const sendUpdate = ({ workflowId, name, commandId }: Taken): Promise<unknown> =>
  withEngine(async ({ client }) => {
    try {
      const handle = client.workflow.getHandle(workflowId);
      return await handle.executeUpdate(name, { updateId: commandId, args: [{ commandId }] });
    } catch (e) {
      if (e instanceof WorkflowNotFoundError)
        throw new Refusal('conflict', 'The process does not run: an administrator can start it again');
      if (e instanceof WorkflowUpdateFailedError && e.cause instanceof ApplicationFailure)
        throw new Refusal(codeOf(e.cause), e.cause.message);
      throw e;
    }
  }, limitMs);

const codeOf = ({ type }: ApplicationFailure): RefusalCode => refusalCodes.find(code => code === type) ?? 'conflict';
