import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import type { Mapping } from '../../../domain/platform/job/job.ts';
import type { VerbContext } from '../verb.ts';
import { lookupOf, type JobRecord, type Lookup } from './job-record.ts';
import { textOf } from './row-fields.ts';
import type { WorkRow } from './row-work.ts';

/** Ids by field and text, as far as they were asked for. */
export type Named = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/**
 * The records that cells of these rows name, asked once for each column. Names of the same kind as the rows are not
 * asked for: the row before may have made what the next one names.
 */
export async function namedBy(
  ctx: VerbContext, of: JobRecord, { columns }: Mapping, rows: readonly WorkRow[],
): Promise<Named> {
  const named = new Map<string, Map<string, string[]>>();
  for (const [at, name] of columns.entries()) {
    const lookup = name === null ? undefined : lookupOf(of, name);
    if (name === null || !lookup || lookup.table === of.record.tableName) continue;
    const texts = [...new Set(rows.map(row => textOf(row.cells[at])).filter(text => text !== ''))];
    named.set(name, await idsOf(ctx, lookup, texts));
  }
  return named;
}

/** Whether columns name records of the same kind. */
export const namesItsOwn = (of: JobRecord, { columns }: Mapping): boolean =>
  columns.some(name => name !== null && lookupOf(of, name)?.table === of.record.tableName);

/** The id of the one that has this name; none and two are errors. */
export async function idNamed(
  ctx: VerbContext, { name, lookup, known }: { name: string; lookup: Lookup; known: Named }, text: string,
): Promise<string> {
  const ids = known.get(name)?.get(text) ?? (await idsOf(ctx, lookup, [text])).get(text)!;
  if (ids.length === 1) return ids[0]!;
  if (!ids.length && lookup.orText) return text;
  throw invalidField(name, ids.length ? `There are two ${lookup.noun}s ${text}` : `There is no ${lookup.noun} ${text}`);
}

async function idsOf(
  { em }: VerbContext, { table, columns, many, holds = 'id' }: Lookup, texts: string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>(texts.map(text => [text, []]));
  if (!texts.length) return found;
  const isThere = `join "${table}" t on t.deleted_at is null and`;
  const plain = (same: string): string =>
    `select g.text, t.${holds}::text as id from unnest($1::text[]) as g (text) ${isThere} ${same}`;
  const each = [
    plain(`t.id = case when g.text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then g.text::uuid end`),
    ...[...(holds === 'id' ? [] : [holds]), ...columns].map(column => (many
      ? `select value, id::text from records_by('"${table}"', '${column}', 'column', $1::text[])`
      : plain(`lower(t.${column}) = lower(g.text)`))),
  ];
  const rows = await transactionOf(em).send<{ text: string; id: string }>(each.join(' union '), [texts]);
  for (const { text, id } of rows) found.get(text)!.push(id);
  return found;
}
