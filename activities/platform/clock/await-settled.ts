import { Context } from '@temporalio/activity';
import { whatIsBusy } from '../../../db/platform/busy.query.ts';
import { readerOf } from '../../../db/platform/reader.ts';
import { callers } from '../verb.ts';

/** How long nothing may move before the wait is given up. */
const patienceMs = 60_000,
  pollMs = 25;

/**
 * Waits until the tenant is quiet: nothing undelivered, every open process has read all of its stream, none is due.
 * Answers what is still busy when nothing moved for a minute; none is the good answer.
 */
export async function awaitSettled(): Promise<{ busy: string[] }> {
  const context = Context.current();
  const read = readerOf(callers.getStore()!.actor.tenantId);
  let last = '',
    since = Date.now();
  for (;;) {
    const { count, moved, ids } = await whatIsBusy(read);
    if (count === 0) return { busy: [] };
    const seen = `${count} ${moved}`;
    if (seen !== last) [last, since] = [seen, Date.now()];
    if (Date.now() - since > patienceMs) return { busy: ids };
    context.heartbeat();
    await context.sleep(pollMs);
  }
}
