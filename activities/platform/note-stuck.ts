import { z } from 'zod';
import { verb } from './verb.ts';

/** Notes why a process cannot take its next step, so that people see it; its next look takes the note away. */
export const noteStuck = verb(
  {
    name: 'note-stuck',
    needs: 'process',
    quiet: true,
    input: z.object({ workflowId: z.string(), reason: z.string() }),
    output: z.null(),
  },
  async ({ em }, { workflowId, reason }) => {
    await em.execute(
      `update process set stuck_reason = ?, status = 'waiting', updated_at = now()
       where workflow_id = ? and status <> 'closed'`,
      [reason.slice(0, 1000), workflowId],
      'run',
    );
    return null;
  },
);
