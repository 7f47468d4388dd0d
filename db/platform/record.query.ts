import type { z } from 'zod';
import type { Actor } from '../../domain/platform/actor.ts';
import type { Needs } from '../../domain/platform/contract.ts';
import { isCustomRecord, type CustomField } from '../../domain/platform/custom-field/custom-field.ts';
import type { ListQuery } from '../../domain/platform/list.ts';
import { scopeOf, type Scope } from '../../domain/platform/permission.ts';
import type { AnyRecord, RecordScopes } from '../../domain/platform/record.ts';
import type { FilterTree } from '../../domain/platform/table/filter-tree.ts';
import { asksCustom, customFieldsOf, customListFields, shownValues } from './custom-field/custom-fields.query.ts';
import {
  conditionsOf, listOf, listRows, type ListAnswer, type ListField, type ListSource,
} from './list.query.ts';
import { cached } from './cached.ts';
import type { Reader } from './reader.ts';
import { foundIn } from './schema/search-function.ts';
import { allOf, columnOf, columnsOf, selected, sql, type Sql } from './sql.ts';

export type RecordRow = Record<string, unknown> & { id: string; version: number };
/** A row with all that its record shows. */
export type ShownRow<R extends AnyRecord> = RecordRow & z.output<R['View']>;

/** Where what a record shows of other rows comes from; each expression speaks of the row as `t`. */
export interface RecordSource {
  /** For each field of `shown`. */
  shown: Record<string, Sql>;
  /** Of those, what may be sorted and filtered by. */
  fields?: Record<string, ListField>;
  /** What counts or names rows of which an actor may not read all, for that one; in the place of the same above. */
  seenBy?: (actor: Actor) => Partial<Pick<RecordSource, 'shown' | 'fields'>>;
  /** Conditions that are no plain field: who has a part in it. */
  filters?: Record<string, (values: string[]) => Sql>;
  /** For how long its lists are kept, and beginnings of the names of what makes them out of date (PLT-101). */
  kept?: { seconds: number; follows: readonly string[] };
}

const columns = rememberedOf((record: AnyRecord, source?: RecordSource): Record<string, Sql> => ({
  ...columnsOf('t', Object.keys(record.Row.shape)),
  ...(isCustomRecord(record.name) ? { customFields: shownValues(record.name) } : {}),
  ...source?.shown,
}));
const columnsFor = (record: AnyRecord, source: RecordSource | undefined, actor: Actor): Record<string, Sql> => ({
  ...columns(record, source), ...source?.seenBy?.(actor).shown,
});
const kept = sql`t.deleted_at is null`;

/** Rows that the actor may `needs`, as a condition on `t`: everything that is listed, counted or searched passes it. */
export function inScope(record: AnyRecord, actor: Actor, needs: Needs): Sql {
  const scope = actor.kind === 'user' ? scopeOf(actor.permissions, needs) : 'all';
  const { scopes, belongsTo } = record;
  if (scope === null) return sql`false`;
  const itself = reached(scopes, 't', scope, actor);
  if (!belongsTo) return itself;
  const { field, scopes: ofParent, reads } = belongsTo;
  const parent = (condition: Sql): Sql =>
    sql`exists (select 1 from ${sql.table(belongsTo.table)} o where o.id = ${columnOf('t', field)} and ${condition})`;
  const seen = actor.kind === 'user' ? scopeOf(actor.permissions, reads) : 'all';
  const own = scope === 'team' ? sql`(${itself} or ${parent(reached(ofParent, 'o', 'team', actor))})` : itself;
  // A foreign key says that the parent is there: who sees all of them need not look for it, which would read them all.
  if (seen === 'all') return own;
  return allOf([
    own,
    sql`(${columnOf('t', field)} is null or ${parent(reached(ofParent, 'o', seen, actor))}
      ${belongsTo.seenByTeam ? sql`or ${reached(scopes, 't', 'team', actor)}` : sql``})`,
  ]);
}

/**
 * Ids among which are all that `inScope` lets through, some perhaps twice, each part by an index: for those who see
 * little of a large table, where the condition alone would be asked of every row. In the order in which they are found,
 * as rows that came together lie together.
 */
export function idsInReach(record: AnyRecord, actor: Actor, needs: Needs): Sql {
  const { scopes, belongsTo } = record;
  const ids = (condition: Sql): Sql => sql`select t.id from ${sql.table(record.tableName)} t where ${condition}`;
  const seen = belongsTo && actor.kind === 'user' ? scopeOf(actor.permissions, belongsTo.reads) : 'all';
  if (!belongsTo || seen === 'all') return ids(inScope(record, actor, needs));
  const parent = columnOf('t', belongsTo.field);
  const parts = [
    ids(sql`${parent} is null`),
    ids(sql`${parent} in (
      select o.id from ${sql.table(belongsTo.table)} o where ${reached(belongsTo.scopes, 'o', seen, actor)})`),
    ...(belongsTo.seenByTeam ? [ids(reached(scopes, 't', 'team', actor))] : []),
  ];
  return sql.join(parts, sql` union all `);
}

/** Rows of one table that lie in the actor's scope. */
function reached(scopes: RecordScopes | undefined, alias: string, scope: Scope | null, actor: Actor): Sql {
  if (scope === 'all') return sql`true`;
  if (!scopes || scope === null) return sql`false`;
  const own = sql`${columnOf(alias, scopes.owner)} = ${actor.userId}::uuid`;
  if (scope === 'own') return own;
  const others = scopes.others?.map(field => sql` or ${columnOf(alias, field)} = ${actor.userId}::uuid`) ?? [];
  const named = others.length ? sql`(${own}${sql.join(others, sql``)})` : own;
  if (!scopes.members) return named;
  const { table, record, user } = scopes.members;
  return sql`(${named} or exists (select 1 from ${sql.table(table)} m
    where ${sql.ref(`m.${record}`)} = ${sql.ref(`${alias}.id`)} and ${sql.ref(`m.${user}`)} = ${actor.userId}::uuid
      and m.deleted_at is null))`;
}

const readable = (record: AnyRecord, actor: Actor): Sql => inScope(record, actor, `${record.subject}:read`);

/** Whether the actor may read the row with that id: for what counts or sums rows of another table. */
export const readableRow = (record: AnyRecord, actor: Actor, id: Sql): Sql =>
  seesAll(record, actor)
    ? sql`true`
    : sql`exists (select 1 from ${sql.table(record.tableName)} t where t.id = ${id} and ${readable(record, actor)})`;

/**
 * What the record `r` of that id says of itself beside a row that refers to it, to an actor who may read it, or who may
 * know it anyway; to whoever asks, where no actor is named (PLT-033).
 */
export const saidOf = (
  record: AnyRecord, id: Sql, says: Sql, { to, anyway }: { to?: Actor | undefined; anyway?: Sql } = {},
): Sql => {
  const known = to && !seesAll(record, to) && readableRow(record, to, sql`r.id`);
  return sql`(select ${says} from ${sql.table(record.tableName)} r where r.id = ${id}
    ${known ? sql`and (${anyway ? sql`${anyway} or ` : sql``}${known})` : sql``})`;
};

const seesAll = ({ subject, belongsTo }: AnyRecord, actor: Actor): boolean =>
  actor.kind !== 'user' || [`${subject}:read` as Needs, ...(belongsTo ? [belongsTo.reads] : [])]
    .every(needs => scopeOf(actor.permissions, needs) === 'all');

/** `filter[deleted]=true` lists what may be restored, for those who may restore it (PLT-005); else what is there. */
export function deletedOrKept(
  actor: Actor,
  subject: string,
  { filter: { deleted, ...filter } = {} }: Pick<ListQuery, 'filter'>,
): { gone: boolean; filter: NonNullable<ListQuery['filter']> } {
  return { filter, gone: deleted === 'true' && scopeOf(actor.permissions, `${subject}:restore`) !== null };
}

/** A record, with where what it shows of other rows comes from. */
export interface Sourced<R extends AnyRecord = AnyRecord> {
  record: R;
  source?: RecordSource | undefined;
  /** Fields that an administrator gave it, where they are known already. */
  custom?: Readonly<Record<string, CustomField>> | undefined;
}

export async function listRecords(
  read: Reader, sourced: Sourced, actor: Actor, query: ListQuery,
): Promise<ListAnswer<RecordRow>> {
  const { record, source: { kept: keeping } = {} } = sourced;
  if (!keeping) return freshRecords(read, sourced, actor, query);
  const key = { tenantId: actor.tenantId, name: `list of ${record.name}`, of: [query, ...reachOf(record, actor)] };
  const { seconds, follows } = keeping;
  return cached({ ...key, follows }, seconds, () => freshRecords(read, sourced, actor, query));
}

/** All that decides which rows somebody is shown. */
function reachOf({ subject, belongsTo }: AnyRecord, actor: Actor): unknown[] {
  if (actor.kind !== 'user') return [actor.kind];
  const needs: Needs[] = [`${subject}:read`, `${subject}:restore`, ...(belongsTo ? [belongsTo.reads] : [])];
  const scopes = needs.map(need => scopeOf(actor.permissions, need));
  return [...scopes, scopes.every(scope => scope === 'all' || scope === null) ? null : actor.userId];
}

async function freshRecords(
  read: Reader, sourced: Sourced, actor: Actor, query: ListQuery,
): Promise<ListAnswer<RecordRow>> {
  const { name } = sourced.record;
  const fields = isCustomRecord(name) && asksCustom(query) ? await customFieldsOf(read, name) : [];
  const { source, filter } = listed(sourced, actor, query, fields);
  return listRows<RecordRow>(read, source, { ...query, filter });
}

/** Refuses what the list could not be asked, before somebody asks. */
export function proveListQuery(sourced: Sourced, actor: Actor, query: ListQuery): void {
  const { source, filter } = listed(sourced, actor, query);
  listOf(source, { ...query, filter });
}

/** The ids of all rows that the actor may read and that fit, oldest first, as a select of at most so many. */
export function matchingIds(
  sourced: Sourced, actor: Actor, query: Pick<ListQuery, 'q' | 'filter' | 'where'>, max: number,
): Sql {
  const { source, filter } = listed(sourced, actor, query);
  const { where } = conditionsOf(source, { ...query, filter });
  return sql`select t.id from ${source.from} where ${allOf(where)} order by t.id limit ${sql.lit(max)}`;
}

/** Whether the row `t` fits a tree of conditions, whoever asks. */
export const fits = ({ record, source, custom = {} }: Sourced, where: FilterTree): Sql =>
  allOf(conditionsOf({
    fields: listFields(record, source, Object.values(custom)),
    ...(source?.filters ? { filters: source.filters } : {}),
    where: [],
  }, { where }).where);

function listed(
  { record, source, custom = {} }: Sourced, actor: Actor, query: Pick<ListQuery, 'filter'>,
  customs: readonly CustomField[] = Object.values(custom),
): { source: ListSource; filter: ListQuery['filter'] } {
  const { gone, filter } = deletedOrKept(actor, record.subject, query);
  const { search } = record;
  const list: ListSource = {
    columns: columnsFor(record, source, actor),
    from: sql`${sql.table(record.tableName)} t`,
    key: sql`t.id`,
    fields: { ...listFields(record, source, customs), ...source?.seenBy?.(actor).fields },
    ...(source?.filters ? { filters: source.filters } : {}),
    where: [gone ? sql`t.deleted_at is not null` : kept, readable(record, actor)],
    defaultSort: record.defaultSort ?? '-createdAt',
    ...(search ? { search: (text: string) => foundIn(record.tableName, sql`t.id`, text) } : {}),
  };
  return { source: list, filter };
}

const listFields = (
  record: AnyRecord, source: RecordSource | undefined, customs: readonly CustomField[],
): Record<string, ListField> => ({
  ...fieldsOf(record), ...source?.fields,
  ...(isCustomRecord(record.name) ? customListFields(record.name, customs) : {}),
});

const fieldsOf = rememberedOf((record: AnyRecord): Record<string, ListField> => {
  const kinds = { id: 'uuid', ...record.fields, createdAt: 'instant', updatedAt: 'instant' } as const;
  return Object.fromEntries(
    Object.entries(kinds).map(([field, kind]) => [
      field,
      { sql: columnOf('t', field), kind: kind!, nullable: record.Row.shape[field]?.safeParse(null).success ?? false },
    ]),
  );
});

/** What is made of a declaration alone is made once. */
function rememberedOf<T>(
  make: (record: AnyRecord, source?: RecordSource) => T,
): (record: AnyRecord, source?: RecordSource) => T {
  const made = new WeakMap<AnyRecord, Map<RecordSource | undefined, T>>();
  return (record, source) => {
    const ofRecord = made.get(record) ?? new Map<RecordSource | undefined, T>();
    made.set(record, ofRecord);
    if (!ofRecord.has(source)) ofRecord.set(source, make(record, source));
    return ofRecord.get(source)!;
  };
}

export const readRecord = <R extends AnyRecord>(
  read: Reader, { record, source }: Sourced<R>, actor: Actor, id: string,
): Promise<ShownRow<R> | undefined> =>
  read.row<ShownRow<R>>(sql`
  select ${selected(columnsFor(record, source, actor))}
  from ${sql.table(record.tableName)} t where ${allOf([sql`t.id = ${id}::uuid`, kept, readable(record, actor)])}`);

/** The record that this one was merged into, if it was, and the actor may read that. */
export async function mergedInto(
  read: Reader, record: AnyRecord, actor: Actor, id: string,
): Promise<string | undefined> {
  if (!record.mergeable) return undefined;
  const table = sql.table(record.tableName);
  const row = await read.row<{ id: string }>(sql`select t.id from ${table} t
    where t.id = (select gone.merged_into_id from ${table} gone where gone.id = ${id}::uuid)
      and ${allOf([kept, readable(record, actor)])}`);
  return row?.id;
}

/** The rows that belong to another record and that the actor may read, oldest first, as a select. */
export const belongingTo = (parentId: Sql, record: AnyRecord, actor: Actor): Sql => sql`
  select ${selected(columns(record))} from ${sql.table(record.tableName)} t
  where ${allOf([sql`${columnOf('t', record.belongsTo!.field)} = ${parentId}`, kept, readable(record, actor)])}
  order by t.created_at, t.id`;

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
