import { accounts } from '../../domain/crm/account.ts';
import {
  changesTold, masked, toldFields, type StorySubject, type TimelineChange,
} from '../../domain/crm/activity/timeline-change.ts';
import type { TimelineItem } from '../../domain/crm/activity/timeline.contract.ts';
import { contacts } from '../../domain/crm/contact.ts';
import type { CatalogKind } from '../../domain/crm/field-catalog.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { customFieldsOf } from '../platform/custom-field/custom-fields.query.ts';
import { namesOf, type Nameable } from '../platform/history/names.query.ts';
import { parseArray, type Reader } from '../platform/reader.ts';
import { columnOf, sql, type Sql } from '../platform/sql.ts';
import { line, type Line, type Page, type Subject } from './timeline-line.ts';

const records = { account: accounts, contact: contacts, opportunity: opportunities } satisfies Record<
  StorySubject, AnyRecord
>;
export const titleOf = (of: StorySubject): Sql => columnOf('t', records[of].title);

/** The record itself, and what was merged into it: its story is part of the story (CRM-035). */
export const itselfAndMerged = ({ of, id }: Subject): Sql =>
  records[of].mergeable
    ? sql`(t.id = ${id}::uuid or t.merged_into_id = ${id}::uuid)`
    : sql`t.id = ${id}::uuid`;

const first = '00000000-0000-0000-0000-000000000000', last = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Changes of fields, as the audit log keeps them: a page of each record is read off the index over its rows in their
 * order, so that a record that was changed ten thousand times is read as fast as any (CRM-089). `coalesce`, as the
 * planner takes the bare operator for one that hardly any row passes, and would read and sort them all.
 */
export function changeRows(subject: Subject, { after, limit }: Page): Sql {
  const { of, id } = subject;
  const before = after
    ? sql`(a.created_at, a.id) < (${after[0]}::timestamptz, ${idBefore(after[1])}::uuid)`
    : sql`true`;
  return sql`select ${line(sql`l.id`, {
    at: sql`l.created_at`, kind: sql`'change'::text`, type: sql.lit(of), title: sql`l.title`,
    from: sql`l.old_values ->> 'status'`, to: sql`l.new_values ->> 'status'`, by: sql`l.actor_name`,
    recordType: sql.lit(of), recordId: sql`${id}::uuid`, oldValues: sql`l.old_values`, newValues: sql`l.new_values`,
  })} from (select t.id::text as record_id, ${titleOf(of)} as title
      from ${sql.table(records[of].tableName)} t where ${itselfAndMerged(subject)}) s
    cross join lateral (select s.title, a.id, a.created_at, a.actor_name, a.old_values, a.new_values from audit_log a
      where a.record_id = s.record_id and a.table_name = ${records[of].tableName} and a.action = 'UPDATE'
        and coalesce(a.new_values ?| ${toldFields(of)}::text[], false) and ${before}
      order by a.created_at desc, a.id desc limit ${sql.lit(limit)}) l`;
}

/** Where the page begins among rows of one moment, whatever kind the last line was of. */
function idBefore(key: string): string {
  if (!key.startsWith('change:')) return key < 'change:' ? first : last;
  const id = key.slice('change:'.length);
  return uuid.test(id) ? id : last;
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Kinds of fields that hold the id of something, and where its name is. */
const referred: Partial<Record<CatalogKind, Nameable>> = {
  user: { table: 'app_user', title: 'full_name' },
  type: { table: 'account_type', title: 'name' },
  product: { table: 'product', title: 'name' },
  account: { table: 'account', title: 'account_name', record: accounts },
  distributor: { table: 'account', title: 'account_name', record: accounts },
  principal: { table: 'account', title: 'account_name', record: accounts },
  contact: { table: 'contact', title: 'full_name', record: contacts },
  opportunity: { table: 'opportunity', title: 'opportunity_name', record: opportunities },
};

/** The lines as they are told: each changed field with its label, ids by the names that the reader may know. */
export async function withChanges(
  read: Reader, actor: Actor, of: StorySubject, lines: readonly Line[],
): Promise<TimelineItem[]> {
  const custom = await customFieldsOf(read, of);
  const told = lines.map(({ oldValues, newValues, ...item }) => ({
    ...item, changes: newValues ? changesTold(of, { old: oldValues, next: newValues }, custom) : [],
    silent: newValues !== null,
  }));
  const held = told.flatMap(item => item.changes).filter(({ kind }) => referred[kind])
    .flatMap(({ field, from, to }) => [from, to].map(value => ({ field, value })));
  const tables = new Map(Object.values(referred).map(r => [r.table, r]));
  const [names, currencies] = await Promise.all([
    namesOf(read, actor, [...tables.values()], held),
    currenciesThen(read, of, told.filter(item => item.changes.some(isAmount))),
  ]);
  // What was changed in no field that is shown is no news.
  return told.filter(({ changes, silent }) => !silent || changes.length).map(({ silent: _, ...item }) => ({
    ...item,
    changes: item.changes.map(change => ({
      ...change, from: named(change.kind, change.from, names), to: named(change.kind, change.to, names),
      ...(isAmount(change) && { currency: currencies.get(item.key) }),
    })),
  }));
}
const isAmount = ({ kind }: Pick<TimelineChange, 'kind'>): boolean => kind === 'cents';

/** In which currency the record was after each of its changes: before the next change of it, or now. */
async function currenciesThen(
  read: Reader, of: StorySubject, lines: readonly Pick<Line, 'key' | 'recordId'>[],
): Promise<ReadonlyMap<string, string>> {
  if (of !== 'opportunity' || !lines.length) return new Map();
  const { recordId } = lines[0]!;
  const ids = lines.map(({ key }) => key.slice('change:'.length));
  const rows = await read.rows<{ key: string; currency: string }>(sql`
    with told as materialized (select id, created_at from audit_log
      where record_id = ${recordId} and id = any(${ids}::uuid[])),
    changed as materialized (select id, created_at, old_values ->> 'currency' as before from audit_log
      where record_id = ${recordId} and table_name = 'opportunity' and action = 'UPDATE'
        and created_at >= (select min(created_at) from told) and coalesce(new_values ? 'currency', false))
    select 'change:' || a.id as key, coalesce((select c.before from changed c
        where (c.created_at, c.id) > (a.created_at, a.id) order by c.created_at, c.id limit 1), t.currency) as currency
    from told a join opportunity t on t.id = ${recordId}::uuid`);
  return new Map(rows.map(({ key, currency }) => [key, currency]));
}

function named(kind: CatalogKind, value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value !== 'string') return value;
  // The log has lists of words as they were written to the database.
  if (kind === 'words') return parseArray(value);
  return referred[kind] ? names.get(value) ?? masked : value;
}
