import { z } from 'zod';
import { terminated } from '../../../domain/platform/operations/process-steering.ts';
import { verb } from '../verb.ts';
import { asTerminated, sayTerminated } from './note-terminated.ts';

/**
 * Notes which run was ended with a process, where its row knows another or none: the last look of that run may be under
 * way. Should it have come before this note, the process stands as it was ended; if it comes after it, nothing changes.
 * The deed has its audit row already.
 */
export const noteEndedRun = verb(
  {
    name: 'note-ended-run',
    needs: 'process:steer',
    quiet: true,
    input: z.object({ workflowId: z.string(), runId: z.string(), reason: z.string() }),
    output: z.object({}),
  },
  async ({ em, actor }, { workflowId, runId, reason }) => {
    // Somebody who has let it try again meanwhile is not overruled.
    await em.execute(
      `update process set ${asTerminated}, run_id = ? where workflow_id = ? and status <> 'closed'
         and (result = ? or (run_id = ? and status <> 'starting'))`,
      [terminated, sayTerminated(actor, reason), runId, workflowId, terminated, runId],
      'run',
    );
    return {};
  },
);
