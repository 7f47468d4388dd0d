import { z } from 'zod';
import { verb } from '../verb.ts';

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
    const said = reason.slice(0, 1000);
    await em.execute(
      `update process set stuck_reason = ?, status = 'waiting', updated_at = now()
       where workflow_id = ? and status <> 'closed' and stuck_reason is distinct from ?`,
      [said, workflowId, said],
      'run',
    );
    return null;
  },
);
