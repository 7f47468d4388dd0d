import type { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { inScope } from '../../../db/platform/record.query.ts';
import { allOf, columnOf, compileSql, sql } from '../../../db/platform/sql.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import type { Alike } from './job-record.ts';

type Fields = Record<string, unknown>;

/** Of one title, the newest: a file may bring hundreds of them. */
const sameMax = 200;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/**
 * Records of which many bear one title, as calls, tasks and tickets do: a row is one that is there only where all that
 * it says stands there already. None of them is sure by its title.
 */
export const alikeInAll = (record: AnyRecord): Alike => {
  const { title, tableName } = record;
  const reasons = [`same ${title.replace(/[A-Z]/g, c => ` ${c.toLowerCase()}`)}`];
  /** Nothing where it is wrong: the row is refused when its turn comes. */
  const read = (fields: Fields, name: string): unknown => {
    const shape = record.create.shape[name] as z.ZodType | undefined;
    if (!shape) return fields[name];
    const parsed = shape.safeParse(fields[name]);
    return parsed.success ? parsed.data : undefined;
  };
  const titleOf = (fields: Fields): string => String(read(fields, title) ?? '');
  /** What tells those of one title apart, and is held as it is said. */
  const distinctive = (fields: Fields): [string, string][] =>
    Object.keys(fields).filter(name => Object.hasOwn(record.Row.shape, name)).flatMap((name): [string, string][] => {
      const value = read(fields, name);
      return typeof value === 'string' && (uuid.test(value) || instant.test(value)) ? [[name, value]] : [];
    });
  /** What it may be about; its owner is there anyway. */
  const about = Object.keys(record.fields)
    .filter(name => record.fields[name] === 'uuid' && name !== record.scopes?.owner);
  return {
    search: async ({ em, actor }, fields) => {
      const called = titleOf(fields);
      if (!called) return [];
      const said = distinctive(fields);
      const row = Object.fromEntries(said.map(([name, value]) => [snake(name), value]));
      const { sql: text, parameters } = compileSql(sql`
        select t.id, ${columnOf('t', title)} as title from ${sql.table(tableName)} t,
          jsonb_populate_record(null::${sql.table(tableName)}, ${JSON.stringify(row)}::jsonb) s
        where ${allOf([
          sql`${columnOf('t', title)} = ${called}`, sql`t.deleted_at is null`,
          inScope(record, actor, `${record.subject}:read`),
          // A row that is about nobody is none that is about somebody.
          ...(about.some(name => fields[name]) ? [] : about.map(name => sql`${columnOf('t', name)} is null`)),
          ...said.map(([name]) => sql`${columnOf('t', name)} = ${columnOf('s', name)}`),
        ])} order by t.created_at desc limit ${sql.lit(sameMax)}`);
      const found = await transactionOf(em).send<{ id: string; title: string }>(text, parameters);
      return found.map(one => ({ ...one, sure: false, reasons }));
    },
    keys: fields => [titleOf(fields)],
    // Of two rows of a file one that says less is another one, too.
    compare: (fields, others) => {
      const same = titleOf(fields) === titleOf(others) && Object.keys(others).every(name => name in fields);
      return same ? { sure: false, reasons } : null;
    },
    title: titleOf,
  };
};

const snake = (name: string): string => name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`);
