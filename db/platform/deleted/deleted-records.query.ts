import type { Actor } from '../../../domain/platform/actor.ts';
import type { DeletedRecord } from '../../../domain/platform/deleted/deleted-record.contract.ts';
import type { ListQuery } from '../../../domain/platform/list.ts';
import { scopeOf } from '../../../domain/platform/permission.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { listRows, type ListAnswer } from '../list.query.ts';
import type { Reader } from '../reader.ts';
import { inScope } from '../record.query.ts';
import { allOf, anywhere, columnOf, columnsOf, sql, type Sql } from '../sql.ts';

/** A type of row that can be restored; each expression speaks of the row as `t`. */
export interface Deletable {
  type: string;
  table: string;
  /** Where it names other records, to an actor. */
  title: Sql | ((actor: Actor) => Sql);
  /** Name of what it belongs to. */
  partOf?: Sql | undefined;
  /** Where it is restored. */
  restore: Sql;
  /** Which of the deleted ones the actor may restore; null: none at all. */
  restorable(actor: Actor): Sql | null;
}

/** `title` where its own would say too little. */
export function deletableRecord(
  record: AnyRecord, { title, partOf }: Partial<Pick<Deletable, 'title' | 'partOf'>> = {},
): Deletable {
  const { subject, mergeable, endpoints, tableName } = record;
  return {
    type: record.name,
    table: tableName,
    title: title ?? columnOf('t', record.title),
    partOf,
    restore: addressOf(endpoints.restore.path, { id: sql`t.id` }),
    restorable: actor =>
      scopeOf(actor.permissions, `${subject}:restore`) === null ? null : allOf([
        inScope(record, actor, `${subject}:restore`),
        inScope(record, actor, `${subject}:read`),
        // What was merged comes back when the merge is undone.
        ...(mergeable ? [sql`t.merged_into_id is null`] : []),
      ]),
  };
}

/** A path with its parameters filled in by expressions. */
export const addressOf = (path: string, params: Record<string, Sql>): Sql =>
  sql`concat(${sql.join(path.split(/(:\w+)/).map(part =>
    part.startsWith(':') ? params[part.slice(1)]! : sql`${part}::text`))})`;

const columns = columnsOf('d', ['id', 'type', 'title', 'partOf', 'deletedAt', 'deletedBy', 'restore']);

export interface DeletedRecords extends ListAnswer<DeletedRecord> {
  types: { type: string; total: number }[];
}

/** All that the actor may restore, in one list (PLT-005). A partial index of each table holds its deleted rows. */
export async function listDeleted(
  read: Reader, all: readonly Deletable[], actor: Actor, query: ListQuery,
): Promise<DeletedRecords> {
  const parts = all.flatMap(one => {
    const restorable = one.restorable(actor);
    const title = typeof one.title === 'function' ? one.title(actor) : one.title;
    return restorable === null ? [] : [deletedOf({ ...one, title }, restorable)];
  });
  if (!parts.length) return { items: [], total: 0, page: 1, pageSize: query.pageSize, nextCursor: null, types: [] };
  const rows = sql`(${sql.join(parts, sql` union all `)}) d`;
  const [list, types] = await Promise.all([
    listRows<DeletedRecord>(read, {
      columns: { ...columns, deletedByName: sql`u.full_name` },
      from: sql`${rows} left join app_user u on u.id = d.deleted_by`,
      countFrom: rows,
      where: [],
      key: sql`d.id`,
      defaultSort: '-deletedAt',
      fields: {
        type: { sql: sql`d.type`, kind: 'text' },
        title: { sql: sql`d.title`, kind: 'text' },
        deletedAt: { sql: sql`d.deleted_at`, kind: 'instant' },
        deletedBy: { sql: sql`d.deleted_by`, kind: 'uuid', nullable: true },
      },
      search: text => sql`d.title ilike ${anywhere(text)}`,
    }, query),
    read.rows<DeletedRecords['types'][number]>(
      sql`select d.type, count(*)::int as total from ${rows} group by d.type order by d.type`),
  ]);
  return { ...list, types };
}

const deletedOf = ({ type, table, title, partOf, restore }: Deletable & { title: Sql }, restorable: Sql): Sql => sql`
  select t.id, ${type}::text as type, coalesce(nullif((${title})::text, ''), '–') as title,
    (${partOf ?? sql`null`})::text as part_of, t.deleted_at, t.updated_by as deleted_by, ${restore} as restore
  from ${sql.table(table)} t where t.deleted_at is not null and ${restorable}`;
