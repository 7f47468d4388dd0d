import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { Mapping } from '../../../domain/platform/job/job.ts';
import type { VerbContext } from '../verb.ts';
import { fieldCalled, type JobRecord } from './job-record.ts';
import { textOf, valueOf } from './row-fields.ts';
import type { WorkRow } from './row-work.ts';
import { fieldsOf } from './take-back.ts';

type Fields = Record<string, unknown>;

/** The records that have the same value in one of the keys as a row. */
export interface There {
  /** The one of them, or none; two of them are an error, never a guess. */
  by(fields: Fields): Fields | null;
  /** A row made or changed it: the next one may mean it. */
  is(record: Fields): void;
}

/** Asks once for each key; `forget` what rows do to them, where nothing of that is kept. */
export async function thereBy(
  ctx: VerbContext, of: JobRecord, mapping: Mapping,
  { rows, forget }: { rows: readonly WorkRow[]; forget: boolean },
): Promise<There> {
  const { columns, keys } = mapping;
  const records = new Map<string, Fields>();
  const byValue = new Map<string, Set<string>>();
  const put = (key: string, value: unknown, id: string): void => {
    if (typeof value !== 'string') return;
    const at = `${key} ${value.toLowerCase()}`;
    byValue.set(at, (byValue.get(at) ?? new Set()).add(id));
  };
  for (const key of keys) {
    const at = columns.indexOf(key);
    const texts = new Set(rows.map(row => textOf(row.cells[at])).filter(Boolean));
    const values = [...new Set([...texts].map(text => valueOf(of, key, text, mapping)))];
    const asked = values.filter(v => typeof v === 'string');
    for (const { __asked: value, ...row } of await withValues(ctx, of, key, asked)) {
      const id = row['id'] as string;
      records.set(id, fieldsOf(row));
      put(key, value, id);
    }
  }
  return {
    by: fields => {
      const given = keys.filter(key => typeof fields[key] === 'string');
      const found = new Set(given.flatMap(key => [...(byValue.get(`${key} ${lower(fields[key])}`) ?? [])]));
      const same = given.map(key => fieldCalled(of, key)).join(' or ');
      if (found.size > 1) throw new Refusal('conflict', `Two records have the same ${same}`);
      const [id] = found;
      return id === undefined ? null : records.get(id)!;
    },
    is: record => {
      if (forget) return;
      const id = record['id'] as string;
      if (records.has(id)) for (const same of byValue.values()) same.delete(id);
      records.set(id, record);
      for (const key of keys) put(key, record[key], id);
    },
  };
}

const lower = (value: unknown): string => (value as string).toLowerCase();

/** Records by the value that was asked for, each for this transaction alone. */
function withValues(
  { em }: VerbContext, { record }: JobRecord, key: string, values: string[],
): Promise<(Fields & { __asked: string })[]> {
  const column = `"${key.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`)}"`;
  return transactionOf(em).send(
    // No column is called so.
    `select g.value as "__asked", t.* from unnest($1::text[]) as g (value)
     join "${record.tableName}" t on lower(t.${column}) = lower(g.value)
     where t.deleted_at is null for update of t`,
    [values],
  );
}
