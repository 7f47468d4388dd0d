import { z } from 'zod';
import { verb } from '../verb.ts';

/** Notes a message that came past the API: it has no proven actor, so it decides nothing and is shown to ops. */
export const parkInput = verb(
  {
    name: 'park-input',
    needs: 'process',
    quiet: true,
    output: z.null(),
    input: z.object({ workflowId: z.string(), name: z.string().max(200), nth: z.string().max(100) }),
    key: i => `${i.workflowId}:parked:${i.nth}`,
  },
  async ({ em, tenantId }, { workflowId, name }) => {
    await em.execute(
      'insert into rejected_input (tenant_id, workflow_id, name) values (?, ?, ?)',
      [tenantId, workflowId, name],
      'run',
    );
    return null;
  },
);
