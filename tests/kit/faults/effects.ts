import type { App } from '../app.ts';
import { inDatabase } from '../in-database.ts';

/** All that was done to a POV and its approvals, each kind with how often: `event workflow.step.decided ×2`. */
export async function effectsOn(app: App, povId: string): Promise<string[]> {
  const rows = await inDatabase<{ what: string; n: number }>(app, effects, [povId]);
  return rows.map(r => `${r.what} ×${r.n}`);
}

const effects = `
  with instance as (select id from workflow_instance where story_id = $1),
  told as (select * from notification where reference_id = $1 or reference_id in (select id from instance)),
  record as (
    select $1::uuid as id union select id from phase where pov_id = $1 union select id from milestone where pov_id = $1
    union select id from instance union select id from workflow_step where workflow_id in (select id from instance)
    union select id from decision where workflow_id in (select id from instance)
    union select id from told union select id from pov_activity where pov_id = $1)
  select what, count(*)::int as n from (
    select 'event ' || name as what from outbox_event where story_id = $1
    union all select concat_ws(' ', 'audit', verb, action, table_name) from audit_log
      where record_id in (select id::text from record)
    union all select concat_ws(' ', 'notification', template_id, username) from told join app_user u on u.id = user_id
    union all select 'activity ' || action from pov_activity where pov_id = $1) done
  group by what order by what collate "C"`;

/** Where the row of a process and its workflow stand; both must say the same. */
export async function bothSides(app: App, workflowId: string): Promise<{ row: object; workflow: object }> {
  const [row] = await inDatabase<{ seenSeq: string }>(
    app,
    `select stage, waiting_for as "waitingFor", future, hold, seen_seq as "seenSeq" from process
     where workflow_id = $1`,
    [workflowId],
  );
  const workflow = await app.engine.client.workflow.getHandle(workflowId).query<object>('state');
  return { row: { ...row, seenSeq: Number(row!.seenSeq) }, workflow };
}
