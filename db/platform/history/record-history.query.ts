import { z } from 'zod';
import { customName } from '../../../domain/platform/custom-field/custom-field.ts';
import type { JsonObject } from '../../../domain/platform/field.ts';
import type { AnyRecord, History, HistoryEntry } from '../../../domain/platform/record.ts';
import { parseArray, type Reader } from '../reader.ts';
import { columnOf, sql, type Sql } from '../sql.ts';

interface AuditRow extends Omit<HistoryEntry, 'changes'> {
  oldValues: Values;
  newValues: Values;
}
type Values = Record<string, unknown> | null;

/**
 * The audit rows of one row, newest first, with the fields that its view shows (PLT-064). What was merged into it is
 * part of its story, and named in it (CRM-035).
 */
export async function recordHistory(
  read: Reader,
  record: Pick<AnyRecord, 'tableName' | 'View'> & Partial<Pick<AnyRecord, 'name' | 'mergeable' | 'title'>>,
  id: string,
): Promise<Omit<History, 'names'>> {
  const merged = record.mergeable && record.title
    ? sql`select m.id::text, ${columnOf('m', record.title)}::text as title from ${sql.table(record.tableName)} m
        where m.merged_into_id = ${id}::uuid`
    : sql`select null, null where false`;
  const { rows, total } = await historyRows<{ mergedId: string | null; title: string | null }>(read, {
    from: sql`(select ${id}::text as id, null as title union all ${merged}) r
      join audit_log on record_id = r.id and table_name = ${record.tableName}`,
    more: sql`, nullif(r.id, ${id}::text) as "mergedId", r.title`,
    view: () => record.View,
  });
  const items = rows.map(({ entry, row: { mergedId, title } }) => ({
    ...entry,
    ...(mergedId && { part: { kind: record.name ?? record.tableName, id: mergedId, name: title ?? '' } }),
  }));
  return { items, total };
}

interface HistorySource<More> {
  /** Rows of `audit_log`, with what else is there to be selected. */
  from: Sql;
  more?: Sql;
  /** What of the row is shown. */
  view(row: More): AnyRecord['View'];
}

export async function historyRows<More extends object>(
  read: Reader,
  { from, more = sql``, view }: HistorySource<More>,
): Promise<{ rows: { entry: HistoryEntry; row: More }[]; total: number }> {
  const [rows, [counted]] = await read.each<unknown>([sql`
    select audit_log.id, audit_log.created_at as at, actor_name as by, action, old_values as "oldValues",
      new_values as "newValues" ${more}
    from ${from} order by recorded_at desc, audit_log.id limit ${sql.lit(toldMax)}`,
  sql`select count(*)::int as n from ${from}`]) as [(AuditRow & More)[], [{ n: number }]];
  return {
    total: counted.n,
    rows: rows.map(row => {
      const { id, at, by, action, oldValues, newValues } = row;
      const happened = cameBack(oldValues, newValues) ? 'RESTORE' : action;
      return { row, entry: { id, at, by, action: happened, changes: changesOf(view(row), oldValues, newValues) } };
    }),
  };
}
const toldMax = 500;

const cameBack = (old: Values, next: Values): boolean =>
  Boolean(old?.['deletedAt']) && next !== null && next['deletedAt'] === null;

/** Of the fields that the record shows; the rest is the server's business. */
const changesOf = (view: AnyRecord['View'], old: Values, next: Values): HistoryEntry['changes'] =>
  Object.keys(view.shape)
    .filter(field => field in { ...old, ...next } && !stamps.has(field))
    .flatMap(field => {
      const [from, to] = [old, next].map(values => listed(view.shape[field], values?.[field] ?? null));
      const change = { field, from, to };
      return field === 'customFields' ? customChanges(change.from, change.to) : [change];
    });

/** The log has lists as the texts that were written. */
function listed(shape: unknown, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const isList = (of: unknown): boolean =>
    of instanceof z.ZodArray || ((of instanceof z.ZodNullable || of instanceof z.ZodOptional) && isList(of.unwrap()));
  if (!isList(shape)) return value;
  return value.startsWith('{') ? parseArray(value) : value.startsWith('[') ? (JSON.parse(value) as unknown) : value;
}

/** The log has them as the text that was written. */
const heldValues = (values: unknown): JsonObject =>
  ((typeof values === 'string' ? JSON.parse(values) : values) ?? {}) as JsonObject;

/** Each custom field by itself. */
function customChanges(old: unknown, next: unknown): HistoryEntry['changes'] {
  const [before, after] = [old, next].map(heldValues) as [JsonObject, JsonObject];
  return Object.keys({ ...before, ...after })
    .filter(key => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map(key => ({ field: customName(key), from: before[key] ?? null, to: after[key] ?? null }));
}
const stamps = new Set(['id', 'createdAt', 'updatedAt', 'createdBy', 'updatedBy', 'version']);
