import { z } from 'zod';
import { verb } from '../verb.ts';

/**
 * Notes that the engine ended the execution of a process that is open here, as far as nobody has looked at the process
 * since; its next look takes the note away.
 */
export const noteFailed = verb(
  {
    name: 'note-failed',
    needs: 'process',
    quiet: true,
    input: z.object({
      workflowId: z.string(),
      seenAt: z.string().meta({ description: 'When the row was last written, as it was read' }),
    }),
    output: z.null(),
  },
  async ({ em }, { workflowId, seenAt }) => {
    await em.execute(
      `update process set status = 'failed'
       where workflow_id = ? and status not in ('closed', 'failed') and updated_at = ?::timestamptz`,
      [workflowId, seenAt],
      'run',
    );
    return null;
  },
);
