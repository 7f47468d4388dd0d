import { z } from 'zod';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { WaitingFor } from '../../../domain/platform/process.ts';
import { terminated } from '../../../domain/platform/operations/process-steering.ts';
import { stuckAt } from '../../../domain/platform/operations/stuck.ts';
import { verb } from '../verb.ts';

/** Notes why a process cannot take its next step, so that people see it; its next look takes the note away. */
export const noteStuck = verb(
  {
    name: 'note-stuck',
    needs: 'process',
    quiet: true,
    input: z.object({ workflowId: z.string(), step: z.string(), reason: z.string(), since: z.number() }),
    output: WaitingFor,
  },
  async ({ em, tenantId, now }, { workflowId, ...stuck }) => {
    const { timeZone } = await em.findOneOrFail(Tenant, { id: tenantId });
    const { problem, waitingFor } = stuckAt(stuck, { now, timeZone });
    const said = JSON.stringify(waitingFor);
    await em.execute(
      `update process set stuck_reason = ?, waiting_for = ?::jsonb, status = 'waiting', updated_at = now()
       where workflow_id = ? and status <> 'closed' and result is distinct from ?
         and (stuck_reason, waiting_for) is distinct from (?, ?::jsonb)`,
      [problem, said, workflowId, terminated, problem, said],
      'run',
    );
    return waitingFor;
  },
);
