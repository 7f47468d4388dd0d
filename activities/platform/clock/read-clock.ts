import type { EntityManager } from '@mikro-orm/postgresql';
import { realClock, type Clock } from '../../../domain/platform/clock.ts';

/** The tenant's clock, held until the transaction ends: whoever moves it waits for its turn. */
export async function lockClock(em: EntityManager, tenantId: string): Promise<Clock> {
  await em.execute('insert into tenant_clock (tenant_id) values (?) on conflict do nothing', [tenantId], 'run');
  return readClock(em, 'for update');
}

/** The tenant's clock; tenants without a row live in real time. */
export async function readClock(em: EntityManager, lock: '' | 'for share' | 'for update' = ''): Promise<Clock> {
  const [row] = await em.execute<{ offset_ms: string; frozen_ms: string | null; version: number }[]>(
    `select offset_ms, (extract(epoch from frozen_at) * 1000)::bigint::text as frozen_ms, version
     from tenant_clock ${lock}`,
  );
  if (!row) return realClock;
  return {
    offsetMs: Number(row.offset_ms),
    frozenAt: row.frozen_ms === null ? null : Number(row.frozen_ms),
    version: row.version,
  };
}
