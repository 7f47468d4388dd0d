import { z } from 'zod';
import { invalidField } from '../../../../domain/platform/errors.ts';
import { NewExport } from '../../../../domain/platform/job/job.contract.ts';
import { manyOf } from '../../../../domain/platform/job/job-kind.ts';
import { verb } from '../../verb.ts';
import { OfJob } from '../ask-job.ts';
import { xlsxType } from '../export-rows.ts';
import type { JobTask } from '../job-task.ts';
import { jobAtWork, More } from '../row-work.ts';
import { csvOf, sheetRowsOf, workbookOf } from '../write-table.ts';
import { groupRows } from './group-rows.ts';
import { proveColumns, provedRecord, rowsAsked, settled, writtenFile } from './task-rows.ts';

const reportRowsMax = 50_000;
const word = z.string().max(100);

const Payload = NewExport.omit({ columns: true }).extend({
  groupBy: word.meta({ description: 'The field by whose values rows are counted' }),
  sums: z.array(word).max(10).default([]).meta({ description: 'Fields of numbers that are added up for each' }),
});
type Payload = z.output<typeof Payload>;

/** Writes how many rows of a list have which value of a field, and the sums of others. */
export const writeReport = verb(
  { name: 'write-report', needs: 'export:create', input: OfJob, output: More },
  async (ctx, { jobId }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job) return { more: false };
    const { groupBy, sums, format, ...asked } = job.params as Payload;
    const { labels: [by, ...of], rows } = await rowsAsked(ctx, asked, [groupBy, ...sums], reportRowsMax);
    const table = [[by, 'Count', ...of.map(label => `Sum of ${label}`)], ...groupRows(rows, groupBy, sums)];
    const bytes = format === 'csv' ? csvOf(table, true) : workbookOf([sheetRowsOf(table, 0)]);
    const mediaType = format === 'csv' ? 'text/csv' : xlsxType;
    const name = `${manyOf(asked.record)} by ${by}.${format}`;
    const fileId = await writtenFile(ctx, { name, mediaType, bytes });
    return settled(ctx, job, { done: rows.length, fileId, result: { groups: table.length - 2 } });
  },
);

export const reportTask: JobTask<typeof Payload> = {
  needs: 'export:create',
  payload: Payload,
  about: async (ctx, payload) => {
    const of = await provedRecord(ctx, payload);
    proveColumns(of, 'groupBy', [payload.groupBy]);
    proveColumns(of, 'sums', payload.sums);
    const wordy = payload.sums.find(name => (of.custom?.[name]?.type ?? of.words[name]?.kind) !== 'number');
    if (wordy) throw invalidField('payload/sums', `${wordy} is no number`);
    return { title: `Report of ${manyOf(payload.record)} by ${payload.groupBy}`, record: payload.record };
  },
  work: writeReport,
};
