import type { EntityManager } from '@mikro-orm/postgresql';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { realClock, type Clock } from '../../../domain/platform/clock.ts';

/** A tenant's clock, and what the machine's says: the database's, so that machines whose clocks differ agree. */
export interface ReadClock extends Clock {
  machineMs: number;
}

/** The tenant's clock, held until the transaction ends: whoever moves it waits for its turn. */
export async function lockClock(em: EntityManager, tenantId: string): Promise<ReadClock> {
  const open = 'insert into tenant_clock (tenant_id) values ($1) on conflict do nothing';
  transactionOf(em).behind(open, [tenantId]);
  return readClock(em, 'for update');
}

/** The tenant's clock; tenants without a row live in real time. */
export async function readClock(em: EntityManager, lock: '' | 'for share' | 'for update' = ''): Promise<ReadClock> {
  const [row] = await transactionOf(em).send<{
    machine_ms: string;
    offset_ms: string | null;
    frozen_ms: string | null;
    version: number;
  }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as machine_ms, offset_ms,
       (extract(epoch from frozen_at) * 1000)::bigint::text as frozen_ms, version
     from (select 1) one left join (select * from tenant_clock ${lock}) clock on true`,
    [],
  );
  const { machine_ms, offset_ms, frozen_ms, version } = row!;
  const machineMs = Number(machine_ms);
  if (offset_ms === null) return { ...realClock, machineMs };
  return { offsetMs: Number(offset_ms), frozenAt: frozen_ms === null ? null : Number(frozen_ms), version, machineMs };
}
