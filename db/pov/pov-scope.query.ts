import { notFound } from '../../domain/platform/errors.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { scopeOf, type Scope } from '../../domain/platform/permission.ts';
import type { Reader } from '../platform/reader.ts';
import { sql, type Sql } from '../platform/sql.ts';

/** Whose POVs the actor may see. */
export const povScope = (actor: Actor): Scope | null => scopeOf(actor.permissions, 'pov:read');

/** Which rows of `pov` the actor may see: `whyNotPov('view', …)` as SQL (POV-088). */
export function visiblePovs(actor: Actor, alias = 'p'): Sql {
  const scope = povScope(actor);
  if (scope === 'all') return sql`true`;
  if (scope === null) return sql`false`;
  const own = sql`${sql.ref(`${alias}.owner_id`)} = ${actor.userId}::uuid`;
  return scope === 'own'
    ? own
    : sql`(${own} or exists (select 1 from team_member tm
    where tm.user_id = ${actor.userId}::uuid and tm.pov_id = ${sql.ref(`${alias}.id`)} and tm.deleted_at is null))`;
}

/** Rows of `pov p` with one of these people in the team. */
export const byMember = (ids: readonly string[]): Sql => sql`exists (select 1 from team_member fm
  where fm.pov_id = p.id and fm.deleted_at is null and fm.user_id::text = any(${[...ids]}::text[]))`;

/** The ids among these that the actor may read. */
export async function readablePovs(read: Reader, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
  const rows = await read.rows<{ id: string }>(
    sql`select p.id from pov p where p.id = any(${[...ids]}::uuid[]) and ${visiblePovs(actor)}`,
  );
  return new Set(rows.map(r => r.id));
}

/** The POV that the phase belongs to, whoever asks. */
export const povOfPhase = async (read: Reader, phaseId: string): Promise<string | undefined> =>
  (
    await read.row<{ povId: string }>(
      sql`select pov_id as "povId" from phase where id = ${phaseId}::uuid and deleted_at is null`,
    )
  )?.povId;

/** 404 unless there is such a POV and the actor may see it. */
export async function seePov(read: Reader, actor: Actor, povId: string): Promise<void> {
  const found = await read.row(
    sql`select p.id from pov p where p.id = ${povId} and p.deleted_at is null and ${visiblePovs(actor)}`,
  );
  if (!found) throw notFound();
}
