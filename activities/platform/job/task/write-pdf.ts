import type { z } from 'zod';
import { Tenant } from '../../../../db/platform/tenant.entity.ts';
import { Refusal } from '../../../../domain/platform/errors.ts';
import { Id } from '../../../../domain/platform/id.ts';
import { NewExport } from '../../../../domain/platform/job/job.contract.ts';
import { manyOfKind } from '../../../../domain/platform/job/job-kind.ts';
import { sayInstant } from '../../../../domain/platform/sentence.ts';
import { verb } from '../../verb.ts';
import { OfJob } from '../ask-job.ts';
import { exportColumnsOf } from '../job-record.ts';
import type { JobTask } from '../job-task.ts';
import { jobAtWork, More } from '../row-work.ts';
import { pdfOf } from './pdf-of.ts';
import { proveColumns, provedRecord, rowsAsked, settled, writtenFile } from './task-rows.ts';

/** Nobody reads more pages. */
const pdfRowsMax = 2_000;
/** As many columns stand side by side on a page. */
const listColumns = 7;

const Payload = NewExport.omit({ format: true }).extend({
  id: Id.optional().meta({ description: 'One record with all of its fields; without it the list' }),
});
type Payload = z.output<typeof Payload>;

/** Writes a list, or one record, as a PDF. */
export const writePdf = verb(
  { name: 'write-pdf', needs: 'export:create', input: OfJob, output: More },
  async (ctx, { jobId }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job) return { more: false };
    const { id, columns, ...asked } = job.params as Payload;
    const of = await provedRecord(ctx, asked);
    const names = columns ?? Object.keys(exportColumnsOf(of)).slice(0, id ? undefined : listColumns);
    const query = id ? { ...asked.query, filter: { id } } : asked.query;
    const { labels, rows } = await rowsAsked(ctx, { ...asked, query }, names, pdfRowsMax);
    const { timeZone, name } = await ctx.em.findOneOrFail(Tenant, { id: ctx.tenantId });
    const note = `${name}, ${sayInstant(ctx.now, timeZone)}`;
    if (id && !rows[0]) throw new Refusal('conflict', `The ${asked.record} is not there any more`);
    const bytes = await pdfOf({
      title: job.title, note,
      ...(id
        ? { columns: ['Field', 'Value'], rows: names.map((field, n) => [labels[n]!, rows[0]![field]!]) }
        : { columns: labels, rows: rows.map(row => names.map(field => row[field]!)) }),
    });
    const file = { name: `${id ? asked.record : manyOfKind(of.kind)}.pdf`, mediaType: 'application/pdf', bytes };
    return settled(ctx, job, { done: rows.length, fileId: await writtenFile(ctx, file) });
  },
);

export const pdfTask: JobTask<typeof Payload> = {
  needs: 'export:create',
  payload: Payload,
  about: async (ctx, payload) => {
    const of = await provedRecord(ctx, payload);
    proveColumns(of, 'columns', payload.columns ?? []);
    const { record } = payload;
    return { title: payload.id ? `The ${record} as a PDF` : `List of ${manyOfKind(of.kind)}`, record };
  },
  work: writePdf,
};
