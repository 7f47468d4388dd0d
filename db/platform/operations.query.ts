import type { Operations } from '../../domain/platform/operations/operations.contract.ts';
import { deliveryAttemptsMax } from './delivery.ts';
import type { Reader } from './reader.ts';
import { sql } from './sql.ts';

/** How many rows the page of operations names. */
const shown = 50;

export const processCounts = (read: Reader): Promise<Operations['processes']> =>
  read.rows(sql`
    select type, status, count(*) as count,
      count(*) filter (where stuck_reason is not null and status <> 'failed') as stuck
    from process group by type, status order by type, status`);

/** How far the relay is behind with what this tenant wrote. */
export const relayLag = async (read: Reader): Promise<Operations['relay']> =>
  (await read.row<Operations['relay']>(sql`
    select count(*) filter (where attempts < ${deliveryAttemptsMax}) as waiting,
      count(*) filter (where attempts >= ${deliveryAttemptsMax}) as dead,
      coalesce(extract(epoch from clock_timestamp() - min(recorded_at)
        filter (where attempts < ${deliveryAttemptsMax})), 0)::float8 as "oldestSeconds"
    from outbox_event where delivered_at is null`))!;

export const deadEvents = (read: Reader): Promise<Operations['deadEvents']> =>
  read.rows(sql`
    select id, name, summary, entity_id as "entityId", at, attempts, problem,
      (select coalesce(json_agg(t->>'workflowId'), '[]') from jsonb_array_elements(tells) t) as tells
    from outbox_event where delivered_at is null and attempts >= ${deliveryAttemptsMax}
    order by id desc limit ${shown}`);

export const newestRejectedInputs = (read: Reader): Promise<Operations['rejectedInputs']> =>
  read.rows(sql`
    select id, workflow_id as "workflowId", name, recorded_at as at, count
    from rejected_input order by id desc limit ${shown}`);
