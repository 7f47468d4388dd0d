import type { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { customName, heldIn } from '../../../domain/platform/custom-field/custom-field.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../verb.ts';
import type { Alike, AlikeRecord, JobRecord } from './job-record.ts';
import { fieldsOfRow, textOf, type RowReading } from './row-fields.ts';
import type { Named } from './row-names.ts';
import type { WorkRow } from './row-work.ts';
import { fieldsOf, sendable } from './take-back.ts';

type Fields = Record<string, unknown>;

/** The record that a row may mean which says none of the keys. */
export interface AlikeThere {
  to(row: WorkRow, fields: Fields): AlikeRecord | null;
  /** A row of the file made it: the next one may mean it. */
  is(made: Fields, fields: Fields): void;
}
const nobody: AlikeThere = { to: () => null, is: () => undefined };

/** Asks for all such rows at once, before any of them is written; of a file without a key these are all. */
export async function alikeBy(
  ctx: VerbContext, of: JobRecord, reading: RowReading & { known: Named }, rows: readonly WorkRow[],
): Promise<AlikeThere> {
  const { alike } = of;
  const { eachNew, onMatch } = reading.mapping;
  const unnamed = alike && !eachNew && onMatch !== 'update' ? rows.filter(row => !saysKey(reading, row)) : [];
  if (!alike || !unnamed.length) return nobody;
  const found = new Map<number, readonly AlikeRecord[]>();
  await Promise.all(unnamed.map(async ({ nth, cells }) => {
    const fields = await readable(() => fieldsOfRow(ctx, of, reading, cells));
    if (fields) found.set(nth, await alike.search(ctx, fields));
  }));
  const held = await heldBy(ctx, of, [...found.values()].flat().filter(({ sure }) => !sure).map(({ id }) => id));
  const made = madeBy(of, alike);
  return {
    to: ({ nth }, fields) => {
      const records = found.get(nth);
      const isMeant = ({ id, sure }: AlikeRecord): boolean => sure || saysNothingNew(of, fields, held.get(id));
      return records ? (records.find(isMeant) ?? made.to(fields)) : null;
    },
    is: made.is,
  };
}

/** Whether a row says by which record it is found, if there is one. */
export const saysKey = (
  { mapping: { columns, keys } }: Pick<RowReading, 'mapping'>, { cells }: Pick<WorkRow, 'cells'>,
): boolean =>
  keys.some(key => textOf(cells[columns.indexOf(key)]) !== '');

/** A row that cannot be read says so when its turn comes. */
async function readable(read: () => Promise<Fields>): Promise<Fields | null> {
  try {
    return await read();
  } catch (e) {
    if (e instanceof Refusal) return null;
    throw e;
  }
}

/** Records that the rows before made; only those that share a key are compared. */
function madeBy(of: JobRecord, alike: Alike): { to(fields: Fields): AlikeRecord | null; is: AlikeThere['is'] } {
  interface Made { id: string; fields: Fields }
  const byKey = new Map<string, Made[]>();
  return {
    to: fields => {
      for (const { id, fields: before } of new Set(alike.keys(fields).flatMap(key => byKey.get(key) ?? []))) {
        const likeness = alike.compare(fields, before);
        if (likeness && (likeness.sure || saysNothingNew(of, fields, before)))
          return { id, title: alike.title(before), ...likeness };
      }
      return null;
    },
    is: (made, fields) => {
      const one = { id: made['id'] as string, fields };
      for (const key of alike.keys(fields)) {
        const those = byKey.get(key);
        if (those) those.push(one);
        else byKey.set(key, [one]);
      }
    },
  };
}

async function heldBy(ctx: VerbContext, { record }: JobRecord, ids: readonly string[]): Promise<Map<string, Fields>> {
  if (!ids.length) return new Map();
  const rows = await transactionOf(ctx.em).send<Fields>(
    `select * from "${record.tableName}" where id = any($1::uuid[])`, [ids],
  );
  return new Map(rows.map(row => [row['id'] as string, fieldsOf(row)]));
}

/** Whether all that a row says stands in a record already: one that is less alike is meant where it does. */
function saysNothingNew({ record }: JobRecord, fields: Fields, held: Fields | undefined): boolean {
  if (!held) return false;
  const plain = (name: string, value: unknown): string => {
    const shape = record.create.shape[name] as z.ZodType | undefined;
    const read = shape?.safeParse(sendable(value, shape));
    return JSON.stringify((read?.success ? read.data : value) ?? null);
  };
  const names = Object.keys(fields).flatMap(name =>
    name === 'customFields' ? Object.keys(fields[name] as Fields).map(customName) : [name]);
  return names.every(name => plain(name, heldIn(fields, name)) === plain(name, heldIn(held, name)));
}
