import type { Actor } from '../../domain/platform/actor.ts';
import type { Needs } from '../../domain/platform/contract.ts';
import type { ListQuery } from '../../domain/platform/list.ts';
import { scopeOf } from '../../domain/platform/permission.ts';
import type { AnyRecord, HistoryEntry } from '../../domain/platform/record.ts';
import { listRows, type ListAnswer, type ListField } from './list.query.ts';
import type { Reader } from './reader.ts';
import { foundIn } from './search-function.ts';
import { allOf, sql, type Sql } from './sql.ts';

export type RecordRow = Record<string, unknown> & { id: string; version: number };

const column = (field: string): Sql => sql.ref(`t.${field.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`)}`);
const columnsOf = (record: AnyRecord): Record<string, Sql> =>
  Object.fromEntries(Object.keys(record.View.shape).map(f => [f, column(f)]));
const kept = sql`t.deleted_at is null`;

/** Rows that the actor may `needs`, as a condition on `t`: everything that is listed, counted or searched passes it. */
export function inScope(record: AnyRecord, actor: Actor, needs: Needs): Sql {
  const scope = actor.kind === 'user' ? scopeOf(actor.permissions, needs) : 'all';
  if (scope === null) return sql`false`;
  if (scope === 'all') return sql`true`;
  const { scopes } = record;
  if (!scopes) return sql`false`;
  const own = sql`${column(scopes.owner)} = ${actor.userId}::uuid`;
  if (scope === 'own' || !scopes.members) return own;
  const { table, record: of, user } = scopes.members;
  return sql`(${own} or exists (select 1 from ${sql.table(table)} m
    where ${sql.ref(`m.${of}`)} = t.id and ${sql.ref(`m.${user}`)} = ${actor.userId}::uuid and m.deleted_at is null))`;
}

const readable = (record: AnyRecord, actor: Actor): Sql => inScope(record, actor, `${record.subject}:read`);
const mayRestore = (record: AnyRecord, actor: Actor): boolean =>
  scopeOf(actor.permissions, `${record.subject}:restore`) !== null;

/** `filter[deleted]=true` lists what may be restored, for those who may restore it (PLT-005). */
export function listRecords(
  read: Reader,
  record: AnyRecord,
  actor: Actor,
  query: ListQuery,
): Promise<ListAnswer<RecordRow>> {
  const { deleted, ...filter } = query.filter ?? {};
  const gone = deleted === 'true' && mayRestore(record, actor);
  const { search } = record;
  return listRows<RecordRow>(
    read,
    {
      columns: columnsOf(record),
      from: sql`${sql.table(record.tableName)} t`,
      key: sql`t.id`,
      fields: fieldsOf(record),
      where: [gone ? sql`t.deleted_at is not null` : kept, readable(record, actor)],
      defaultSort: record.defaultSort ?? '-createdAt',
      ...(search ? { search: (text: string) => foundIn(record.tableName, sql`t.id`, text) } : {}),
    },
    { ...query, filter },
  );
}

function fieldsOf(record: AnyRecord): Record<string, ListField> {
  const kinds = { ...record.fields, createdAt: 'instant', updatedAt: 'instant' } as const;
  return Object.fromEntries(
    Object.entries(kinds).map(([field, kind]) => [
      field,
      { sql: column(field), kind: kind!, nullable: record.View.shape[field]?.safeParse(null).success ?? false },
    ]),
  );
}

export const readRecord = (read: Reader, record: AnyRecord, actor: Actor, id: string): Promise<RecordRow | undefined> =>
  read.row<RecordRow>(sql`
  select ${sql.join(Object.entries(columnsOf(record)).map(([name, c]) => sql`${c} as ${sql.ref(name)}`))}
  from ${sql.table(record.tableName)} t where ${allOf([sql`t.id = ${id}::uuid`, kept, readable(record, actor)])}`);

/** Which of the ids name rows that the actor may read, deleted ones too: their story goes on. */
export const readableIds = async (
  read: Reader,
  record: AnyRecord,
  actor: Actor,
  ids: readonly string[],
): Promise<string[]> =>
  (
    await read.rows<{ id: string }>(sql`select t.id from ${sql.table(record.tableName)} t
    where t.id = any(${[...ids]}::uuid[]) and ${readable(record, actor)}`)
  ).map(row => row.id);

interface AuditRow extends Omit<HistoryEntry, 'changes'> {
  oldValues: Values;
  newValues: Values;
}
type Values = Record<string, unknown> | null;

/** The audit rows of one record, newest first (PLT-064). */
export async function recordHistory(read: Reader, record: AnyRecord, id: string): Promise<HistoryEntry[]> {
  const rows = await read.rows<AuditRow>(sql`
    select id, created_at as at, actor_name as by, action, old_values as "oldValues", new_values as "newValues"
    from audit_log where record_id = ${id} and table_name = ${record.tableName}
    order by recorded_at desc, id limit 500`);
  return rows.map(({ oldValues, newValues, ...entry }) => ({
    ...entry,
    changes: changesOf(record, oldValues, newValues),
  }));
}

/** Of the fields that the record shows; the rest is the server's business. */
const changesOf = (record: AnyRecord, old: Values, next: Values): HistoryEntry['changes'] =>
  Object.keys(record.View.shape)
    .filter(field => field in { ...old, ...next } && !stamps.has(field))
    .map(field => ({ field, from: old?.[field] ?? null, to: next?.[field] ?? null }));
const stamps = new Set(['id', 'createdAt', 'updatedAt', 'createdBy', 'updatedBy', 'version']);
