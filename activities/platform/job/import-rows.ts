import { z } from 'zod';
import type { Job } from '../../../db/platform/job/job.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { fixed, type KeptFix } from '../../../domain/platform/job/import-cells.ts';
import { jobRecordNamed } from '../../job-records.ts';
import { verb, type VerbContext } from '../verb.ts';
import { OfJob } from './ask-job.ts';
import { earlierRows } from './earlier-rows.ts';
import { importingAlone, triedBeside } from './import-lock.ts';
import { fieldCalled, jobRecordFor, type AlikeRecord, type JobRecord } from './job-record.ts';
import { alikeBy, type AlikeThere } from './row-alike.ts';
import { fieldsOfRow, type RowReading } from './row-fields.ts';
import { namedBy, namesItsOwn, type Named } from './row-names.ts';
import type { Many } from '../record/record-verbs.ts';
import { inTurn, jobAtWork, More, workOnRows, type Done, type WorkRow } from './row-work.ts';
import { besideFurther, thereBy, type There } from './row-there.ts';
import { rowsOf, saysSomething } from './read-table.ts';
import { bytesOf } from './stored-file.ts';
import { keptAside, lockedRow, patched, takenBack, unwoundFor, type Unwound } from './take-back.ts';

/** What the database says of the values of many rows, asked once. */
interface Known {
  named: Named;
  there: There;
  alike: AlikeThere;
}
const stagedAtOnce = 2_000,
  writtenAtOnce = 100,
  firstVersion = 1;

/** The cells of its file that somebody corrected. */
export const fixesOf = ({ params }: Pick<Job, 'params'>): KeptFix[] => (params['fixes'] ?? []) as KeptFix[];

/** Reads the file into rows, all or none; a second time changes nothing. */
export const stageImport = verb(
  { name: 'stage-import', needs: 'import:create', input: OfJob, output: More },
  async (ctx, { jobId }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job || job.total !== null) return { more: job !== null };
    const all = fixed(
      await rowsOf(await bytesOf(ctx, job.fileId!), job.file!), fixesOf(job), job.mapping!.columns.length,
    );
    const numbered = all.map((cells, at) => ({ nth: at + 1, cells })).filter(row => saysSomething(row.cells));
    const rows = job.mapping!.header ? numbered.slice(1) : numbered;
    const { send } = transactionOf(ctx.em);
    for (let at = 0; at < rows.length; at += stagedAtOnce)
      await send(
        `insert into job_row (job_id, tenant_id, nth, cells)
         select $1, $2, nth, cells from jsonb_to_recordset($3::jsonb) as r (nth int, cells jsonb)`,
        [jobId, ctx.tenantId, JSON.stringify(rows.slice(at, at + stagedAtOnce))],
      );
    job.total = rows.length;
    return { more: true };
  },
);

const OfSome = OfJob.extend({ atMost: z.int().min(1).optional() });

/** The next rows of an import: each makes a record, changes the one that is there, or says why not. */
export const importRows = verb(
  { name: 'import-rows', needs: 'import:create', input: OfSome, output: More },
  async (ctx, { jobId, atMost }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job) return { more: false };
    const { timeZone: zone } = await ctx.em.findOneOrFail(Tenant, { id: ctx.tenantId });
    const of = { ...(await jobRecordFor(ctx, jobRecordNamed(job.record))), zone };
    await (job.mode === 'check' ? triedBeside : importingAlone)(ctx, job.record);
    const called = (field: string): string => fieldCalled(of, field);
    if (job.mode === 'undo') {
      const one = (row: WorkRow, unwound: Unwound): Promise<Done> => takenBack(ctx, of, row, unwound);
      return workOnRows<Unwound>(ctx, job, {
        called, one,
        before: rows => unwoundFor(ctx, job.id, rows),
        together: (rows, unwound) => inTurn(ctx, rows, { called, one: row => one(row, unwound) }),
      }, atMost);
    }
    const mapping = job.mapping!;
    const names = job.file!.columns;
    const before = async (rows: readonly WorkRow[]): Promise<Known> => {
      const named = await namedBy(ctx, of, mapping, rows);
      const there = await thereBy(ctx, of, mapping, rows);
      return { named, there, alike: await alikeBy(ctx, of, { mapping, names, known: named }, rows) };
    };
    return workOnRows<Known>(ctx, job, {
      called,
      before,
      one: (row, known) => imported(ctx, of, { mapping, names, known }, row),
      earlier: rows => earlierRows(ctx, of, job, rows),
      // A row that names one of its own kind must find what the rows before made.
      ...(of.verbs.many && !namesItsOwn(of, mapping) && {
        together: (rows, known) => importedTogether(ctx, of, { mapping, names, known }, rows),
      }),
    }, atMost);
  },
);

/** The same for all of them: what is new is written many at once, while the next ones are proved. */
async function importedTogether(
  ctx: VerbContext, of: JobRecord, from: RowReading & { known: Known }, rows: readonly WorkRow[],
): Promise<Done[]> {
  const many = of.verbs.many!(ctx);
  const done: Done[] = [];
  for (let at = 0; at < rows.length; at += writtenAtOnce) {
    const some = rows.slice(at, at + writtenAtOnce);
    done.push(...(await inTurn(ctx, some, {
      called: field => fieldCalled(of, field), one: row => imported(ctx, of, { ...from, many }, row),
    })));
    await many.write();
    await ctx.em.flush();
    ctx.em.clear();
  }
  return done;
}

async function imported(
  ctx: VerbContext, of: JobRecord, { known, many, ...reading }: RowReading & { known: Known; many?: Many },
  row: WorkRow,
): Promise<Done> {
  const { mapping } = reading;
  const fields = await fieldsOfRow(ctx, of, { ...reading, known: known.named }, row.cells);
  const found = known.there.by(fields);
  if (!found && mapping.onMatch === 'update') return { outcome: 'skipped', problems: ['There is no such record'] };
  const alike = found ? null : known.alike.to(row, fields);
  if (alike) return { outcome: 'skipped', recordId: alike.id, problems: [sayAlike(alike)] };
  if (!found) {
    const before = keptAside(await of.verbs.aside?.(ctx, fields));
    const made = await (many?.add(fields) ?? of.verbs.create(ctx, fields));
    known.there.is(made);
    known.alike.is(made, fields);
    return { outcome: 'created', recordId: made['id'] as string, recordVersion: firstVersion, before };
  }
  const recordId = found['id'] as string;
  if (mapping.onMatch === 'create') return { outcome: 'skipped', recordId, problems: ['It is there already'] };
  await many?.write();
  // As it is now: what the rows before did may have changed it.
  const now = (await lockedRow(ctx, of, recordId))!;
  const { after, ...done } = await patched(ctx, of, now, besideFurther(of, now, fields));
  known.there.is(after);
  return done;
}

const sayAlike = ({ title, reasons }: AlikeRecord): string =>
  `May be ${title}, which is there already: ${reasons.join(', ').toLowerCase()}`;
