import { approvalVerbs } from '../../activities/approvals/index.ts';
import { crmVerbs } from '../../activities/crm/index.ts';
import { processActor } from '../../activities/platform/as-activity.ts';
import { povVerbs } from '../../activities/pov/index.ts';
import { run, type AnyVerb } from '../../activities/platform/verb.ts';
import { readerOf } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import type { Position } from '../../domain/platform/process.ts';

/** The looks of the watchers; a step is the verb of its name. */
const looks: Record<string, AnyVerb> = {
  povLifecycle: povVerbs.lookAtPov,
  launch: povVerbs.lookAtLaunch,
  approval: approvalVerbs.lookAtApproval,
  taskReminder: crmVerbs.lookAtTask,
};
const steps: Record<string, AnyVerb> = { ...povVerbs, ...crmVerbs, ...approvalVerbs };

interface Open {
  workflowId: string;
  type: string;
  entityId: string;
}

/**
 * Does what the workflows would: looks at every process that is behind or due, and runs its steps, until all are quiet.
 * For the past of a demo only: the processes themselves start from the database when the product starts.
 */
export async function settleProcesses(tenantId: string): Promise<void> {
  for (let found = await restless(tenantId); found.length; found = await restless(tenantId)) {
    for (const { workflowId, type, entityId } of found) {
      const caller = { actor: processActor(tenantId, `process:${workflowId}`) };
      for (;;) {
        const { plan } = (await run(looks[type]!, { entityId }, caller)) as Position;
        if (!plan.step) break;
        await run(steps[plan.step.do]!, plan.step, caller);
      }
    }
  }
}

const restless = (tenantId: string): Promise<Open[]> =>
  readerOf(tenantId).rows<Open>(sql`
  select p.workflow_id as "workflowId", p.type, p.entity_id as "entityId"
  from process p join stream s on s.entity_id = p.entity_id
  where p.status <> 'closed' and (p.seen_seq < s.seq or p.status = 'starting'
    or p.next_wake_at <= (select frozen_at from tenant_clock))
  order by p.started_at, p.workflow_id`);

/** When the next process is due, in milliseconds. */
export async function nextWakeAt(tenantId: string): Promise<number> {
  const row = await readerOf(tenantId).row<{ at: string | null }>(
    sql`select min(next_wake_at) as at from process where status <> 'closed'`,
  );
  return row?.at ? Date.parse(row.at) : Infinity;
}
