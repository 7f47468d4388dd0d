import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import type { Job } from '../../../db/platform/job/job.entity.ts';
import type { VerbContext } from '../verb.ts';
import { lookupOf, type JobRecord } from './job-record.ts';
import { saysKey } from './row-alike.ts';
import type { WorkRow } from './row-work.ts';

/** So many levels of rows that name each other are followed: a file may be one long chain. */
const levels = 20;
/** By the column of the file where earlier rows hold it: what rows say of it. */
type Wanted = Map<number, Set<string>>;

/**
 * Rows of a file that were tried before these, and made or changed what these mean: who has the same key, and whom they
 * name. Of those with one value the first two that made it and the last that changed it, so that many cost little.
 */
export async function earlierRows(
  ctx: VerbContext, of: JobRecord, job: Job, rows: readonly WorkRow[],
): Promise<WorkRow[]> {
  const found = new Map<number, WorkRow>();
  const before = rows[0]!.nth;
  let next: readonly WorkRow[] = rows;
  for (let level = 0; before > 0 && next.length && level < levels; level++) {
    const those: WorkRow[] = [];
    if (of.alike && !level) those.push(...(await sameRows(ctx, job, rows)));
    for (const [at, values] of wantedBy(of, job, next))
      those.push(...(await rowsWith(ctx, job, { before, at, values })));
    next = those.filter(({ nth }) => !found.has(nth));
    for (const row of next) found.set(row.nth, row);
  }
  return [...found.values()].sort((a, b) => a.nth - b.nth);
}

/** Rows without a key that were to make what these say once more, one of each. */
async function sameRows(
  { em }: VerbContext, { id, round, mapping }: Job, rows: readonly WorkRow[],
): Promise<WorkRow[]> {
  const unnamed = mapping!.eachNew ? [] : rows.filter(row => !saysKey({ mapping: mapping! }, row));
  if (!unnamed.length) return [];
  return transactionOf(em).send<WorkRow>(
    `select distinct on (cells) nth, cells, outcome, record_id as "recordId", record_version as "recordVersion", before
     from job_row where job_id = $1 and nth < $2 and round = $3 and outcome = 'created'
       and cells in (select said from jsonb_array_elements($4::jsonb) s (said)) order by cells, nth`,
    [id, rows[0]!.nth, round, JSON.stringify(unnamed.map(row => row.cells))],
  );
}

function wantedBy(of: JobRecord, job: Job, rows: readonly WorkRow[]): Wanted {
  const { columns, keys } = job.mapping!;
  const wanted: Wanted = new Map();
  const put = (at: number, from: number): void => {
    const values = wanted.get(at) ?? new Set();
    for (const { cells } of rows) if (cells[from]?.trim()) values.add(cells[from].trim());
    if (at >= 0 && values.size) wanted.set(at, values);
  };
  for (const key of keys) put(columns.indexOf(key), columns.indexOf(key));
  for (const [from, name] of columns.entries()) {
    const lookup = name === null ? undefined : lookupOf(of, name);
    if (lookup?.table === of.record.tableName)
      for (const column of lookup.columns) put(columns.indexOf(camel(column)), from);
  }
  return wanted;
}
const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

const rowsWith = (
  { em }: VerbContext, { id, round }: Job,
  { before, at, values }: { before: number; at: number; values: ReadonlySet<string> },
): Promise<WorkRow[]> =>
  transactionOf(em).send<WorkRow>(
    `select nth, cells, outcome, record_id as "recordId", record_version as "recordVersion", before from (
       select r.*, row_number() over (
         partition by outcome, lower(btrim(cells ->> $4::int, E' \\t\\r\\n'))
         order by case outcome when 'created' then nth else -nth end
       ) as place
       from job_row r where job_id = $1 and nth < $2 and round = $3 and outcome in ('created', 'updated')
         and lower(btrim(cells ->> $4::int, E' \\t\\r\\n')) in (select lower(v) from unnest($5::text[]) v)
     ) those where place <= case outcome when 'created' then 2 else 1 end`,
    [id, before, round, at, [...values]],
  );
