import { z } from 'zod';
import { verb } from '../verb.ts';

/** Notes a message that came past the API: it has no proven actor, so it decides nothing and is shown to ops. */
export const parkInput = verb(
  {
    name: 'park-input',
    needs: 'process',
    quiet: true,
    output: z.null(),
    input: z.object({
      workflowId: z.string(),
      name: z.string().max(200),
      nth: z.string().max(100),
      count: z.int().min(1).optional().meta({ description: 'How many of them came at once' }),
    }),
    // A task that ran out of its time is begun anew with what came meanwhile: rather counted twice than refused.
    key: i => `${i.workflowId}:parked:${i.nth}${i.count ? `:${i.count}` : ''}`,
  },
  async ({ em, tenantId }, { workflowId, name, count = 1 }) => {
    await em.execute(
      'insert into rejected_input (tenant_id, workflow_id, name, count) values (?, ?, ?, ?)',
      [tenantId, workflowId, readable(name), count],
      'run',
    );
    return null;
  },
);

/** The sender chose the name: whatever no text may hold, and no screen should show, becomes a question mark. */
const readable = (name: string): string => name.replace(/\p{Cc}|\p{Cs}/gu, '?');
