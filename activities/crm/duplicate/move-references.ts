import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { iso } from '../../../domain/platform/process.ts';
import type { KeptMerge, Moved } from '../../../domain/crm/duplicate/merge.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { referencesTo, type Reference } from './references.ts';

export const camel = (column: string): string => column.replace(/_(\w)/g, (_, c: string) => c.toUpperCase());
export const stamped = (now: string, by: string): string =>
  `version = version + 1, updated_at = ${now}, updated_by = ${by}`;

type Found = Pick<KeptMerge, 'moved' | 'removed' | 'steppedBack'>;

/**
 * What speaks of the merged records speaks of the survivor from now on, deleted rows too. Where two rows would then
 * say the same, the one that moved goes; of two primary ones, it steps back.
 */
export async function moveReferences(
  ctx: VerbContext, table: string, { survivorId, mergedIds }: { survivorId: string; mergedIds: readonly string[] },
): Promise<Found> {
  const found: Found = { moved: [], removed: [], steppedBack: [] };
  for (const reference of await referencesTo(ctx, table)) {
    const all = { survivorId, mergedIds };
    for (const unique of reference.uniques) {
      const ids = await clashing(ctx, reference, unique, all);
      if (!ids.length) continue;
      const primary = unique.condition?.includes('is_primary') ?? false;
      await setWhere(ctx, reference.table, ids, primary ? { is_primary: false } : { deleted_at: iso(ctx.now) });
      found[primary ? 'steppedBack' : 'removed'].push({ table: reference.table, ids });
    }
    const removed = found.removed.filter(r => r.table === reference.table).flatMap(r => r.ids);
    for (const from of mergedIds) {
      const moved = { table: reference.table, column: reference.column, from };
      const ids = await repoint(ctx, moved, survivorId, [survivorId, ...mergedIds, ...removed]);
      if (ids.length) found.moved.push({ ...moved, ids });
    }
  }
  return found;
}

/** Rows of the merged records that would share with another what no two may share. */
async function clashing(
  { em }: VerbContext, { table, column, columns }: Reference, { keys, condition }: Reference['uniques'][number],
  { survivorId, mergedIds }: { survivorId: string; mergedIds: readonly string[] },
): Promise<string[]> {
  const others = columns.filter(c => c !== column).map(c => `t."${c}"`).join(', ');
  const rows = await transactionOf(em).send<{ id: string }>(
    `select id from (
       select id, moving, row_number() over (partition by ${keys.join(', ')} order by moving, id) as nth
       from (select ${others}, $1::uuid as "${column}", t."${column}" <> $1 as moving from "${table}" t
         where t."${column}" = any($2::uuid[])) x
       where ${condition ?? 'true'}) y
     where moving and nth > 1`,
    [survivorId, [survivorId, ...mergedIds]],
  );
  return rows.map(row => row.id);
}

async function repoint(
  ctx: VerbContext, { table, column, from }: Omit<Moved, 'ids'>, to: string, except: readonly string[],
): Promise<string[]> {
  const rows = await transactionOf(ctx.em).send<{ id: string }>(
    `update "${table}" set "${column}" = $1, ${stamped('$2', '$3')}
     where "${column}" = $4 and id <> all($5::uuid[]) returning id`,
    [to, iso(ctx.now), ctx.actor.userId, from, except],
  );
  noteEach(ctx, table, rows.map(row => row.id), [{ [camel(column)]: from }, { [camel(column)]: to }]);
  return rows.map(row => row.id);
}

/** What moved goes back, unless it belongs to somebody else by now. */
export async function moveBack(
  ctx: VerbContext, { table, column, from, ids }: Moved, survivorId: string,
): Promise<void> {
  const rows = await transactionOf(ctx.em).send<{ id: string }>(
    `update "${table}" set "${column}" = $1, ${stamped('$2', '$3')}
     where "${column}" = $4 and id = any($5::uuid[]) returning id`,
    [from, iso(ctx.now), ctx.actor.userId, survivorId, ids],
  );
  noteEach(ctx, table, rows.map(row => row.id), [{ [camel(column)]: survivorId }, { [camel(column)]: from }]);
}

/** Writes one value into rows that do not hold it, past the entities. */
export async function setWhere(
  ctx: VerbContext, table: string, ids: readonly string[], to: Record<string, boolean | string | null>,
): Promise<void> {
  const [[column, value]] = Object.entries(to) as [[string, boolean | string | null]];
  const rows = await transactionOf(ctx.em).send<{ id: string }>(
    `update "${table}" set "${column}" = $1, ${stamped('$2', '$3')}
     where id = any($4::uuid[]) and "${column}" ${typeof value === 'string' ? 'is null' : 'is distinct from $1'}
     returning id`,
    [value, iso(ctx.now), ctx.actor.userId, ids],
  );
  const before = typeof value === 'boolean' ? !value : null;
  noteEach(ctx, table, rows.map(row => row.id), [{ [camel(column)]: before }, { [camel(column)]: value }]);
}

export function noteEach(
  ctx: VerbContext, tableName: string, ids: readonly string[],
  [oldValues, newValues]: [Record<string, unknown>, Record<string, unknown>],
): void {
  for (const recordId of ids) ctx.note({ action: 'UPDATE', tableName, recordId, oldValues, newValues });
}
