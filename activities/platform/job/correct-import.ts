import { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { CellFix, fixesAtOnce, fixesMax, withCell, withFixes } from '../../../domain/platform/job/import-cells.ts';
import { jobCorrected } from '../../../domain/platform/job/job.contract.ts';
import { verb } from '../verb.ts';
import { aboutJob, lockedJob, OfJob } from './ask-job.ts';
import { fixesOf } from './import-rows.ts';

/** Reads cells of a file as other texts, after a dry run said what is wrong with them; the file stays as it is. */
export const correctImport = verb(
  {
    name: 'correct-import', needs: 'import:create', output: OfJob,
    input: z.object({ id: Id, cells: z.array(CellFix).min(1).max(fixesAtOnce) }),
  },
  async (ctx, { id, cells }) => {
    const job = await lockedJob(ctx, id);
    if (job.type !== 'import' || job.status !== 'draft') throw new Refusal('conflict', `It is ${job.status}`);
    if (job.total == null) throw new Refusal('conflict', 'Try it first: a dry run says which cells are wrong');
    const width = job.mapping!.columns.length;
    const { send } = transactionOf(ctx.em);
    const rows = await send<{ nth: number; cells: string[] }>(
      'select nth, cells from job_row where job_id = $1 and nth = any($2::int[])',
      [id, [...new Set(cells.map(c => c.nth))]],
    );
    const changed = new Map(rows.map(row => [row.nth, row.cells]));
    const isThere = ({ nth, at }: CellFix): boolean =>
      changed.has(nth) && at < Math.max(width, changed.get(nth)!.length);
    const nowhere = cells.findIndex(cell => !isThere(cell));
    if (nowhere >= 0) throw invalidField(`cells/${nowhere}`, 'There is no such cell');
    const said = cells.map(({ nth, at, text }) => ({ line: nth - 1, at, text }));
    const kept = withFixes(fixesOf(job), said);
    if (kept.length > fixesMax) throw invalidField('cells', `At most ${fixesMax} cells of a file are corrected`);
    Object.assign(job, { params: { ...job.params, fixes: kept }, checked: null });
    for (const { nth, at, text } of cells) changed.set(nth, withCell(changed.get(nth)!, { at, text, width }));
    // What was wrong with them is not known to be wrong any more: the next dry run says.
    await send(
      `update job_row r set cells = c.cells, outcome = null, problems = null
       from jsonb_to_recordset($2::jsonb) as c (nth int, cells jsonb) where r.job_id = $1 and r.nth = c.nth`,
      [id, JSON.stringify([...changed].map(([nth, as]) => ({ nth, cells: as })))],
    );
    ctx.emit(jobCorrected, aboutJob(job));
    return { jobId: id };
  },
);
