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

/** An advance moves the clock itself, and what is outside knows no clock of ours. */
const machineTimed = ['clockAdvance', 'sendMail', 'webhookDelivery', 'enrichment'];
const followers = processes.map(p => p.type).filter(type => !machineTimed.includes(type));
