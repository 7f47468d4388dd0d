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
      why: z.string().optional().meta({ description: 'What the engine says of its end' }),
      seenAt: z.string().meta({ description: 'When the row was last written, as it was read' }),
    }),
    output: z.null(),
  },
  async ({ em }, { workflowId, why, seenAt }) => {
    await em.execute(
      `update process set status = 'failed', stuck_reason = coalesce(?, stuck_reason)
       where workflow_id = ? and status not in ('closed', 'failed') and updated_at = ?::timestamptz`,
      [why?.slice(0, 1000) ?? null, workflowId, seenAt],
      'run',
    );
    return null;
  },
);
