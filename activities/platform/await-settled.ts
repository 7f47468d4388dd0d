import { Context } from '@temporalio/activity';
import { readerOf } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import { callers } from './verb.ts';

/** How long nothing may move before the wait is given up. */
const patienceMs = 60_000,
  pollMs = 25;

/**
 * Waits until the tenant is quiet: nothing undelivered, every open process has read all of its stream, none is due.
 * Answers the workflow ids that are still busy when nothing moved for a minute; none is the good answer.
 */
export async function awaitSettled(): Promise<{ busy: string[] }> {
  const context = Context.current();
  const read = readerOf(callers.getStore()!.actor.tenantId);
  let last = '',
    since = Date.now();
  for (;;) {
    const found = await read.rows<{ id: string; seq: number }>(busyProcesses);
    if (!found.length) return { busy: [] };
    const seen = JSON.stringify(found);
    if (seen !== last) [last, since] = [seen, Date.now()];
    if (Date.now() - since > patienceMs) return { busy: found.map(f => f.id) };
    context.heartbeat();
    await context.sleep(pollMs);
  }
}

const busyProcesses = sql`
  select workflow_id as id, seen_seq as seq from process p join stream s on s.entity_id = p.entity_id
  where p.status <> 'closed' and p.type <> 'clockAdvance' and (p.seen_seq < s.seq or p.status = 'running'
    or p.next_wake_at <= coalesce((select frozen_at from tenant_clock),
      now() + make_interval(secs => coalesce((select offset_ms from tenant_clock), 0) / 1000.0)))
  union all
  select name, seq from outbox_event where delivered_at is null and jsonb_array_length(tells) > 0
    and name <> 'platform.clock.advance-requested'
  limit 20`;
