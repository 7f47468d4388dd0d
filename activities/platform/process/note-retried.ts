import { z } from 'zod';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ProcessStatus } from '../../../domain/platform/process.ts';
import { whyNotRetry } from '../../../domain/platform/operations/process-steering.ts';
import { verb } from '../verb.ts';

interface Was {
  status: z.output<typeof ProcessStatus>;
  result: string | null;
  reason: string | null;
}

/** Somebody lets a process try again: a failed one starts anew, a stuck one keeps its note until it looks. */
export const noteRetried = verb(
  {
    name: 'retry-process',
    needs: 'process:steer',
    input: z.object({ workflowId: z.string() }),
    output: z.object({ status: ProcessStatus }),
  },
  async ({ em, note }, { workflowId }) => {
    const [was] = await em.execute<Was[]>(
      'select status, result, stuck_reason as reason from process where workflow_id = ? for update',
      [workflowId],
    );
    if (!was) throw notFound();
    const whyNot = whyNotRetry(was);
    if (whyNot) throw new Refusal('conflict', whyNot);
    const { status: before, reason } = was;
    const status = before === 'failed' ? 'starting' : before;
    if (before === 'failed')
      await em.execute(
        `update process set status = 'starting', result = null, stuck_reason = null, updated_at = now()
         where workflow_id = ?`,
        [workflowId],
        'run',
      );
    note({
      ...{ action: 'UPDATE', tableName: 'process', recordId: workflowId },
      oldValues: { status: before, reason },
      newValues: { status, reason: 'Retried' },
    });
    return { status };
  },
);
