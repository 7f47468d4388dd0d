import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { customKeyOf, heldIn, type CustomField } from '../../../domain/platform/custom-field/custom-field.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { Mapping } from '../../../domain/platform/job/job.ts';
import type { TypedLine } from '../../../domain/platform/shape/typed-lines.ts';
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

/** Asks once for each key. */
export async function thereBy(
  ctx: VerbContext, of: JobRecord, mapping: Mapping, rows: readonly WorkRow[],
): Promise<There> {
  const { columns, keys } = mapping;
  const records = new Map<string, Fields>();
  const byValue = new Map<string, Set<string>>();
  const put = (key: string, value: unknown, id: string): void => {
    if (!tells(value)) return;
    const at = `${key} ${lower(value)}`;
    byValue.set(at, (byValue.get(at) ?? new Set()).add(id));
  };
  // Of a field that is switched off each row says so.
  for (const key of keys.filter(name => customKeyOf(name) === undefined || of.custom?.[name])) {
    const at = columns.indexOf(key);
    const texts = new Set(rows.map(row => textOf(row.cells[at])).filter(Boolean));
    const values = [...new Set([...texts].map(text => valueOf(of, key, text, mapping)))];
    const asked = values.filter(tells).map(String);
    for (const { __asked: value, ...row } of await withValues(ctx, of, key, asked)) {
      const id = row['id'] as string;
      records.set(id, fieldsOf(row));
      put(key, value, id);
    }
  }
  return {
    by: fields => {
      const hits = keys.filter(key => tells(heldIn(fields, key)))
        .map(key => ({ key, ids: [...(byValue.get(`${key} ${lower(heldIn(fields, key))}`) ?? [])] }));
      const found = new Set(hits.flatMap(({ ids }) => ids));
      if (found.size > 1) throw new Refusal('conflict', sayTwo(of, hits));
      const [id] = found;
      return id === undefined ? null : records.get(id)!;
    },
    is: record => {
      const id = record['id'] as string;
      if (records.has(id)) for (const same of byValue.values()) same.delete(id);
      records.set(id, record);
      for (const key of keys)
        for (const value of [heldIn(record, key), ...furtherIn(of, key, record)]) put(key, value, id);
    },
  };
}

/** Two records have one value, or the values of a row are those of two. */
function sayTwo(of: JobRecord, hits: readonly { key: string; ids: readonly string[] }[]): string {
  const twice = hits.find(({ ids }) => ids.length > 1);
  if (twice) return `Two records have the same ${fieldCalled(of, twice.key)}`;
  const [one, other] = hits.filter(({ ids }, n) => n === hits.findIndex(hit => hit.ids[0] === ids[0]) && ids.length);
  return `${fieldCalled(of, one!.key)} is that of one record, ${fieldCalled(of, other!.key)} that of another`;
}

/** Texts, and numbers of fields that administrators define. */
const tells = (value: unknown): boolean => typeof value === 'string' || Number.isFinite(value);
const lower = (value: unknown): string => String(value).trim().toLowerCase();

/** Values of a key that a record has beside the one that its field holds. */
const furtherIn = ({ further }: JobRecord, key: string, record: Fields): string[] =>
  ((further?.[key] && record[further[key].list]) as TypedLine[] | null ?? []).map(({ value }) => value);

/** What a row changes of a record: a key that this has among further ones stays where it is. */
export function besideFurther(of: JobRecord, found: Fields, fields: Fields): Fields {
  const kept = { ...fields };
  for (const [key, { list }] of Object.entries(of.further ?? {})) {
    const value = fields[key];
    if (typeof value !== 'string' || (typeof found[key] === 'string' && lower(found[key]) === lower(value))) continue;
    const there = ((found[list] ?? []) as TypedLine[]).find(one => lower(one.value) === lower(value));
    if (!there) continue;
    delete kept[key];
    const said = kept[list] as TypedLine[] | undefined;
    if (said && !said.some(one => lower(one.value) === lower(value))) kept[list] = [...said, there];
  }
  return kept;
}

const lowered = (column: string): string => `lower(t."${column}") = lower(g.value)`;
/** Asked again of each that was found: it may have changed until it was ours. Its key is made of letters and digits. */
const ofCustom = ({ key, type }: CustomField): string =>
  type === 'number'
    ? `t.custom_fields @> jsonb_build_object('${key}', g.value::numeric)`
    : `lower(t.custom_fields ->> '${key}') = lower(g.value)`;

/** Records by the value that was asked for, each for this transaction alone. */
async function withValues(
  { em }: VerbContext, { record, further, custom }: JobRecord, key: string, values: string[],
): Promise<(Fields & { __asked: string })[]> {
  const field = custom?.[key];
  const column = key.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`);
  const [called, kind] = field ? [field.key, field.type === 'number' ? 'number' : 'text'] : [column, 'column'];
  const { send } = transactionOf(em);
  const among = further?.[key];
  // No column is called so.
  const [own, others] = await Promise.all([
    send<Fields & { __asked: string }>(
      `select g.value as "__asked", t.* from records_by($1::regclass, $2, $3, $4::text[]) as g
       join "${record.tableName}" t on t.id = g.id and ${field ? ofCustom(field) : lowered(column)}
       where t.deleted_at is null for update of t`,
      [`"${record.tableName}"`, called, kind, values],
    ),
    among && values.length ? send<Fields & { __asked: string }>(
      `select g.value as "__asked", t.* from ${among.search}($1::text[]) as g
       join "${record.tableName}" t on t.id = g.id where t.deleted_at is null for update of t`,
      [values],
    ) : [],
  ]);
  return [...own, ...others];
}
