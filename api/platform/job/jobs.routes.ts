import type { z } from 'zod';
import { jobRecords } from '../../../activities/job-records.ts';
import { askJob } from '../../../activities/platform/job/ask-job.ts';
import { createBulk } from '../../../activities/platform/job/create-bulk.ts';
import { createJob } from '../../../activities/platform/job/create-job.ts';
import { processJobs } from '../../../activities/platform/job/try-job.ts';
import { correctImport } from '../../../activities/platform/job/correct-import.ts';
import { createImport, mapImport } from '../../../activities/platform/job/create-import.ts';
import { createExport } from '../../../activities/platform/job/export-rows.ts';
import { importFieldsOf, withCustomFields } from '../../../activities/platform/job/job-record.ts';
import { customFieldsInUse } from '../../../db/platform/custom-field/custom-fields.query.ts';
import { jobErrors, listJobs, readJob, type ReadJob } from '../../../db/platform/job/jobs.query.ts';
import type { ListAnswer } from '../../../db/platform/list.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import {
  bulkEndpoint, exportEndpoints, importEndpoints, jobEndpoints,
} from '../../../domain/platform/job/job.contract.ts';
import type { JobKind } from '../../../domain/platform/job/job-kind.ts';
import type { Job, JobCommand, JobType } from '../../../domain/platform/job/job.ts';
import { sendReport } from './job-report.ts';
import { serve, type HandlerArgs, type Served } from '../serve.ts';

type Tools = Pick<HandlerArgs, 'read' | 'actor' | 'run'>;
type Shown = z.input<typeof Job>;

async function shown(read: Reader, jobs: readonly ReadJob[]): Promise<Shown[]> {
  const custom = jobs.some(job => job.type === 'import') ? await customFieldsInUse(read) : [];
  return jobs.map(job => {
    const of = jobRecords[job.record];
    if (job.type !== 'import' || !of) return { ...job, fields: null, alike: null };
    const fields = importFieldsOf(withCustomFields(of, custom.filter(f => f.recordType === job.record)));
    return { ...job, fields, alike: of.alike !== undefined };
  });
}
async function found({ read, actor }: Pick<Tools, 'read' | 'actor'>, id: string): Promise<Shown> {
  const job = await readJob(read, actor, id);
  if (!job) throw notFound();
  return (await shown(read, [job]))[0]!;
}
async function all(
  { read, actor, query }: Tools & { query: Parameters<typeof listJobs>[2] }, type?: JobType,
): Promise<ListAnswer<Shown>> {
  const list = await listJobs(read, actor, query, type);
  return { ...list, items: await shown(read, list.items) };
}
async function errors(tools: Tools & { params: { id: string }; query: Parameters<typeof jobErrors>[2] }) {
  await found(tools, tools.params.id);
  return jobErrors(tools.read, tools.params.id, tools.query);
}
const asked = (command: JobCommand) => async (tools: Tools & { params: { id: string } }) => {
  await tools.run(askJob, { jobId: tools.params.id, command });
  return found(tools, tools.params.id);
};

export const jobRoutes = serve(jobEndpoints, {
  list: args => all(args),
  read: args => found(args, args.params.id),
  errors,
  pause: asked('pause'),
  resume: asked('resume'),
  cancel: asked('cancel'),
  retry: asked('retry'),
  undo: asked('undo'),
  create: async args => found(args, (await args.run(createJob, args.body)).jobId),
  process: ({ run }) => run(processJobs, {}),
  report: async ({ res, ...tools }) => {
    const { id, file } = await found(tools, tools.params.id);
    await sendReport(res, tools.read, { id, file });
  },
});

export const importRoutes = serve(importEndpoints, {
  list: args => all(args, 'import'),
  create: async args => found(args, (await args.run(createImport, args.body)).jobId),
  read: args => found(args, args.params.id),
  errors,
  map: async args => found(args, (await args.run(mapImport, { id: args.params.id, mapping: args.body })).jobId),
  correct: async args =>
    found(args, (await args.run(correctImport, { id: args.params.id, cells: args.body.cells })).jobId),
  check: asked('check'),
  start: asked('start'),
  undo: asked('undo'),
});

export const exportRoutes = serve(exportEndpoints, {
  list: args => all(args, 'export'),
  create: async args => found(args, (await args.run(createExport, args.body)).jobId),
  read: args => found(args, args.params.id),
});

/** The bulk endpoints of the kinds of an area. */
export const serveBulk = (kinds: Readonly<Record<string, JobKind>>): Served[] =>
  Object.values(kinds).map(kind =>
    serve({ bulk: bulkEndpoint(kind) }, {
      bulk: async args => found(args, (await args.run(createBulk, { ...args.body, record: kind.name })).jobId),
    }));
