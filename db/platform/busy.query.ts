import { terminated } from '../../domain/platform/operations/process-steering.ts';
import { deliveryAttemptsMax } from './delivery.ts';
import type { Reader } from './reader.ts';
import { sql } from './sql.ts';

/** What a tenant's processes still have to do. While `count` and `moved` stay as they are, nothing moves. */
export interface Busy {
  count: number;
  moved: number;
  /** The first twenty. */
  ids: string[];
}

/** Open processes that have not read all of their stream, or are due; events that are not delivered. */
export const whatIsBusy = async (read: Reader): Promise<Busy> =>
  (await read.row<Busy>(sql`
    with busy as (
      select workflow_id as id, seen_seq as seq from process p join stream s on s.entity_id = p.entity_id
      where p.status <> 'closed' and p.result is distinct from ${terminated} and p.type <> 'clockAdvance'
        and (p.seen_seq < s.seq or p.status = 'running'
        or p.next_wake_at <= coalesce((select frozen_at from tenant_clock),
          now() + make_interval(secs => coalesce((select offset_ms from tenant_clock), 0) / 1000.0)))
      union all
      select name, id from outbox_event where delivered_at is null and attempts < ${deliveryAttemptsMax}
        and jsonb_array_length(tells) > 0
        and name <> 'platform.clock.advance-requested')
    select (select count(*) from busy) as count, (select coalesce(sum(seq), 0)::bigint from busy) as moved,
      (select coalesce(json_agg(id), '[]') from (select id from busy order by id limit 20) t) as ids`))!;
