import { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import type { Job } from '../../../db/platform/job/job.entity.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { jobProgressed } from '../../../domain/platform/job/job.contract.ts';
import type { Counts, Outcome } from '../../../domain/platform/job/job.ts';
import { mostRows } from '../../../domain/platform/job/rows-at-once.ts';
import type { VerbContext } from '../verb.ts';
import { aboutJob, lockedJob } from './ask-job.ts';
import { settleJob } from './settle-job.ts';
import { didSomething } from './take-back.ts';

/** Whether there is more to do at once. */
export const More = z.object({ more: z.boolean() });

/** One transaction has so many at most: what a crash costs, and how long others wait for its locks. */
const chunkRows = 100;
const managedRows = 20;

export interface WorkRow {
  nth: number;
  cells: string[];
  outcome: Outcome | null;
  recordId: string | null;
  recordVersion: number | null;
  before: Record<string, unknown> | null;
}
export interface Done {
  outcome: Outcome;
  recordId?: string | null;
  recordVersion?: number | null;
  before?: Record<string, unknown> | null;
  problems?: string[];
}

/** The job, if it is to be worked on: pending ones begin. */
export async function jobAtWork(ctx: VerbContext, jobId: string): Promise<Job | null> {
  const job = await lockedJob(ctx, jobId);
  return job.status === 'pending' || job.status === 'processing' ? job : null;
}

/** Rows that this round has not seen yet, oldest first; of an undo those that did something, latest first. */
const nextRows = (ctx: VerbContext, { id, round, mode, done }: Job, atOnce: number): Promise<WorkRow[]> =>
  transactionOf(ctx.em).send<WorkRow>(
    `select nth, cells, outcome, record_id as "recordId", record_version as "recordVersion", before from job_row
     where job_id = $1 and round < $2
       and ${mode === 'undo' ? `${didSomething} and $4::int >= 0` : 'nth > $4'}
     order by nth ${mode === 'undo' ? 'desc' : ''} limit $3`,
    [id, round, atOnce, done],
  );

/** What is done with rows. */
export interface RowWork<Known> {
  /** A field as its problem names it. */
  called(field: string): string;
  one(row: WorkRow, known: Known): Promise<Done>;
  /** What all of them ask the database for, asked once. */
  before?(rows: readonly WorkRow[]): Promise<Known>;
  /** Of a dry run, rows that were tried before, on which these build. */
  earlier?(rows: readonly WorkRow[]): Promise<readonly WorkRow[]>;
  /** The same as one after the other, with fewer statements; whatever it throws, it is done one after the other. */
  together?(rows: readonly WorkRow[], known: Known): Promise<Done[]>;
}

/**
 * Works on the next rows, each behind a savepoint, so that one that is refused keeps back no other. What became of them
 * commits with what they did: whoever comes after a crash goes on at the row behind.
 */
export async function workOnRows<Known = undefined>(
  ctx: VerbContext,
  job: Job,
  work: RowWork<Known>,
  atMost = mostRows,
): Promise<z.input<typeof More>> {
  const rows = await nextRows(ctx, job, Math.min(atMost, work.together ? mostRows : chunkRows));
  if (!rows.length) {
    await ctx.run(settleJob, { jobId: job.id, problem: null });
    return { more: false };
  }
  const about = aboutJob(job);
  const done = job.mode === 'check' ? await tried(ctx, work, rows) : await doneWith(ctx, work, rows);
  await keep(ctx, job, done.map((each, at) => ({ nth: rows[at]!.nth, ...each })));
  ctx.emit(jobProgressed, about);
  return { more: true };
}

const doneWith = async <Known>(ctx: VerbContext, work: RowWork<Known>, rows: readonly WorkRow[]): Promise<Done[]> =>
  (await allTogether(ctx, work, rows)) ?? (await oneByOne(ctx, work, rows));

/** Nothing of a dry run is kept. */
class Tried extends Error {
  readonly done: Done[];
  constructor(done: Done[]) {
    super('A dry run');
    this.done = done;
  }
}

/** What rows come to: each finds what those before it did; for that, those of earlier transactions are done again. */
async function tried<Known>(ctx: VerbContext, work: RowWork<Known>, rows: readonly WorkRow[]): Promise<Done[]> {
  const earlier = (await work.earlier?.(rows)) ?? [];
  try {
    return await ctx.attempt(async () => {
      const all = await doneWith(ctx, work, [...earlier, ...rows]);
      throw new Tried(all.slice(earlier.length));
    });
  } catch (e) {
    if (!(e instanceof Tried)) throw e;
    return e.done.map(({ outcome, problems }) => ({ outcome, problems: problems ?? [] }));
  }
}

async function oneByOne<Known>(
  ctx: VerbContext, { one, before, called }: RowWork<Known>, rows: readonly WorkRow[],
): Promise<Done[]> {
  const done: Done[] = [];
  const known = (await before?.(rows)) as Known;
  for (const row of rows) {
    done.push(await outcomeOf(ctx, called, () => one(row, known)));
    // What is managed is compared at each flush; what many rows belong to is read once for some of them.
    if (done.length % managedRows === 0) ctx.em.clear();
  }
  return done;
}

/** What became of the rows behind one savepoint, if they could be done together: nothing else is left of an attempt. */
async function allTogether<Known>(
  ctx: VerbContext, { together, before }: RowWork<Known>, rows: readonly WorkRow[],
): Promise<Done[] | undefined> {
  if (!together) return undefined;
  try {
    return await ctx.attempt(() => ctx.together(async () => together(rows, (await before?.(rows)) as Known)));
  } catch (e) {
    if (e instanceof Refusal || e instanceof z.ZodError) return undefined;
    throw e;
  }
}

async function outcomeOf(ctx: VerbContext, called: Called, one: () => Promise<Done>): Promise<Done> {
  try {
    return await ctx.attempt(one);
  } catch (e) {
    return failed(e, called);
  }
}

/** One after the other behind the savepoint of all: what is refused after something was written for it is thrown. */
export async function inTurn(
  ctx: VerbContext, rows: readonly WorkRow[], { one, called }: Pick<RowWork<undefined>, 'called'> & {
    one: (row: WorkRow) => Promise<Done>;
  },
): Promise<Done[]> {
  const done: Done[] = [];
  let forgotten = ctx.written();
  for (const row of rows) {
    const before = ctx.written();
    try {
      done.push(await one(row));
    } catch (e) {
      if (ctx.written() > before) throw e;
      done.push(failed(e, called));
    }
    const isPending = ctx.em.getUnitOfWork().getPersistStack().size > 0;
    if (isPending || ctx.written() - forgotten < managedRows) continue;
    ctx.em.clear();
    forgotten = ctx.written();
  }
  return done;
}

/** What a row comes to that is refused; a fault of ours is thrown on. */
const failed = (e: unknown, called: Called): Done => ({ outcome: 'failed', problems: problemsOf(e, called) });
type Called = RowWork<unknown>['called'];

/** The name of the field at a place in what is sent: `/customFields/region` is `customFields.region`. */
const fieldAt = (pointer: string): string => pointer.replace(/^\/(?:fields\/)?/, '').replaceAll('/', '.');

/** The same of a path: one of many values of a field is that field. */
const fieldOf = (path: readonly PropertyKey[]): string => {
  const nth = path.findIndex(part => typeof part === 'number');
  return String((nth > 0 ? path[nth - 1] : path.at(-1)) ?? 'The row');
};

/** What is wrong with a row, in sentences. */
function problemsOf(e: unknown, called: Called): string[] {
  const said = (field: string, message: string): string => `${called(field)}: ${message}`;
  if (e instanceof z.ZodError)
    return e.issues.map(({ path, message }) => said(fieldOf(path), message));
  if (!(e instanceof Refusal)) throw e;
  const { fields, reasons } = e.details;
  if (fields?.length) return fields.map(({ pointer, message }) => said(fieldAt(pointer), message));
  return reasons?.length ? reasons : [e.message];
}

async function keep(ctx: VerbContext, job: Job, done: readonly (Done & { nth: number })[]): Promise<void> {
  const { send } = transactionOf(ctx.em);
  const counts: Counts = { ...job.counts };
  for (const { outcome } of done) counts[outcome] = (counts[outcome] ?? 0) + 1;
  await send(
    `update job_row r set round = $2, outcome = d.outcome, problems = d.problems,
       record_id = coalesce(d."recordId", r.record_id), record_version = coalesce(d."recordVersion", r.record_version),
       before = coalesce(d.before, r.before)
     from jsonb_to_recordset($3::jsonb) as d (nth int, outcome text, problems jsonb, "recordId" uuid,
       "recordVersion" int, before jsonb)
     where r.job_id = $1 and r.nth = d.nth`,
    [job.id, job.round, JSON.stringify(done)],
  );
  await send(
    `update job set status = 'processing', done = done + $2, counts = $3::jsonb, updated_at = now() where id = $1`,
    [job.id, done.length, JSON.stringify(counts)],
  );
}
