import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Which of the deleted rows went by these verbs, going by the last that the audit log says of each: times would not do,
 * under a frozen clock all are equal.
 */
export async function deletedBy(
  em: EntityManager, verbNames: readonly string[], ids: readonly string[],
): Promise<Set<string>> {
  if (!ids.length) return new Set();
  const rows = await em.execute<{ id: string; verb: string }[]>(
    `select distinct on (record_id) record_id as id, verb from audit_log
     where record_id in (${ids.map(() => '?').join(', ')}) order by record_id, recorded_at desc`,
    [...ids],
  );
  return new Set(rows.filter(r => verbNames.includes(r.verb)).map(r => r.id));
}
