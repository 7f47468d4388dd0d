import { z } from 'zod';
import type { Actor } from '../../../domain/platform/actor.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ProcessStatus } from '../../../domain/platform/process.ts';
import { terminated, whyNotTerminate } from '../../../domain/platform/operations/process-steering.ts';
import { verb } from '../verb.ts';

/**
 * Notes that somebody ended the execution of an open process, and why. The reconciler leaves it so; a retry, or an
 * event that tells the process of something new, starts it again from the database. What has happened until now is
 * not new, however late it is told.
 */
export const noteTerminated = verb(
  {
    name: 'terminate-process',
    needs: 'process:steer',
    input: z.object({ workflowId: z.string(), reason: z.string() }),
    output: z.object({ status: ProcessStatus }),
  },
  async ({ em, actor, note }, { workflowId, reason }) => {
    // The stream first, as a look does.
    const [stream] = await em.execute<{ seq: string }[]>(
      `select seq from stream where entity_id = (select entity_id from process where workflow_id = ?) for update`,
      [workflowId],
    );
    const [was] = await em.execute<{ status: z.output<typeof ProcessStatus>; result: string | null }[]>(
      'select status, result from process where workflow_id = ? for update',
      [workflowId],
    );
    if (!was) throw notFound();
    const whyNot = whyNotTerminate(was);
    if (whyNot) throw new Refusal('conflict', whyNot);
    const said = sayTerminated(actor, reason);
    await em.execute(
      `update process set ${asTerminated}, seen_seq = greatest(seen_seq, ?) where workflow_id = ?`,
      [terminated, said, Number(stream?.seq ?? 0), workflowId],
      'run',
    );
    note({
      ...{ action: 'UPDATE', tableName: 'process', recordId: workflowId },
      oldValues: { status: was.status },
      newValues: { status: 'failed', result: terminated, reason: said },
    });
    return { status: 'failed' as const };
  },
);

export const sayTerminated = ({ name }: Pick<Actor, 'name'>, reason: string): string =>
  `Terminated by ${name}: ${reason}`;
/** What the row of such a process says, of its result and of these words. */
export const asTerminated = `status = 'failed', result = ?, stuck_reason = ?, waiting_for = null, future = '[]',
  next_wake_at = null, updated_at = now()`;
