import type { EntityManager } from '@mikro-orm/postgresql';
import { processes } from '../../../domain/index.ts';
import type { Told } from '../../../domain/platform/contract.ts';
import { terminated } from '../../../domain/platform/operations/process-steering.ts';
import { iso } from '../../../domain/platform/process.ts';

/** Open processes that follow the tenant's clock: all of them, or those that wake by then (milliseconds). */
export const openProcesses = (em: EntityManager, dueBy?: number): Promise<Told[]> =>
  em.execute<Told[]>(
    `select type, entity_id as "entityId" from process
     where status <> 'closed' and result is distinct from ? and type = any(?::text[])
       and (?::timestamptz is null or next_wake_at <= ?::timestamptz)`,
    [terminated, `{${followers.join(',')}}`, ...(dueBy === undefined ? [null, null] : [iso(dueBy), iso(dueBy)])],
  );

/** Open processes whose entity refers to a record: whoever changes that one need not know what they are. */
export async function processesReferringTo(em: EntityManager, record: string, id: string): Promise<Told[]> {
  const found: Told[] = [];
  for (const { type, entityType, refersTo } of processes) {
    const column = refersTo?.[record];
    if (!column) continue;
    found.push(...await em.execute<Told[]>(
      `select p.type, p.entity_id as "entityId" from process p join ?? t on t.id = p.entity_id
       where p.type = ? and p.status <> 'closed' and t.?? = ? order by p.entity_id`,
      [entityType, type, column, id],
    ));
  }
  return found;
}

/** An advance moves the clock itself, and what is outside knows no clock of ours. */
const machineTimed = ['clockAdvance', 'sendMail', 'webhookDelivery', 'enrichment'];
const followers = processes.map(p => p.type).filter(type => !machineTimed.includes(type));
