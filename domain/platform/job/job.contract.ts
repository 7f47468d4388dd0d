import { z } from 'zod';
import { endpoint, event } from '../contract.ts';
import { line } from '../field.ts';
import { ById, Id } from '../id.ts';
import { ListQuery, listOf, WhereText } from '../list.ts';
import { watcherUpdates } from '../operations/process-hold.ts';
import type { PermissionGrid } from '../permission.ts';
import { grant } from '../permission.ts';
import { processContract } from '../process.ts';
import { manyOfKind, type JobKind } from './job-kind.ts';
import { CellFix, fixesAtOnce } from './import-cells.ts';
import { Job, jobModes, jobTypes, Mapping } from './job.ts';

/** The largest file that is taken, and what of it a request may bring. */
export const fileBytesMax = 50_000_000;
export const partBytesMax = 2_000_000;

/** PLT-T2: who may import, change many, export (CRM-114, 116). */
export const jobPermissions = {
  import: { create: grant.managers },
  export: { create: grant.managers },
  bulk: { create: grant.managers },
  job: {
    create: grant.managers,
    read: { ...grant.admins, SALES_MANAGEMENT: 'own' },
    update: { ...grant.admins, SALES_MANAGEMENT: 'own' },
  },
} satisfies PermissionGrid;

const Part = z.base64('must be base64').max(Math.ceil(partBytesMax / 3) * 4);
export const NewFile = z
  .object({
    name: line(255),
    size: z.int().min(1).max(fileBytesMax, 'must be at most 50 MB').meta({ description: 'In bytes', example: 24 }),
  })
  .meta({ id: 'NewFile', example: { name: 'accounts.csv', size: 24 } });
export const FileAnswer = z.object({ id: Id, name: z.string(), size: z.int() });
const ofPart = z.object({
  id: ById.shape.id,
  /** Null where it is no place: no file has such a part. */
  nth: z.string().transform(text => (/^\d{1,2}$/.test(text) ? Number(text) : null)),
});
export const FilePart = z.object({ data: Part });

export const fileEndpoints = {
  create: endpoint({
    method: 'POST', path: '/api/files', needs: 'import:create', body: NewFile, returns: FileAnswer, status: 201,
    summary: 'Announce a file; its parts follow',
  }),
  put: endpoint({
    method: 'PUT', path: '/api/files/:id/parts/:nth', needs: 'import:create', params: ofPart, body: FilePart,
    returns: FileAnswer, summary: 'One part of a file, in base64, counted from 0; the same one may be sent again',
  }),
  content: endpoint({
    method: 'GET', path: '/api/files/:id/content', needs: 'job:read', params: ById, returns: z.void(),
    raw: 'application/octet-stream', summary: 'What an export wrote, or what was uploaded',
  }),
};

const word = z.string().max(100);
/** Of a list: what its rows must fit. */
const Conditions = ListQuery.pick({ q: true, filter: true }).extend({ where: WhereText.optional() });
export const NewImport = z.object({ record: word, fileId: Id }).meta({ id: 'NewImport' });
export const NewExport = z
  .object({
    record: word,
    format: z.enum(['csv', 'xlsx']),
    columns: z.array(word).min(1).max(100).optional().meta({ description: 'Fields in their order; all if left out' }),
    query: Conditions.extend({ sort: ListQuery.shape.sort }).default({}).meta({ description: 'As of the list' }),
  })
  .meta({ id: 'NewExport', example: { record: 'account', format: 'csv' } });
export type NewExport = z.output<typeof NewExport>;

export const bulkActions = ['update', 'reassign', 'delete', 'tag', 'group'] as const;
/** So many records are changed by one job. */
export const bulkMax = 100_000;
export const NewBulk = z
  .object({
    action: z.enum(bulkActions),
    ids: z.array(Id).min(1).max(10_000).optional(),
    matching: Conditions.optional().meta({ description: 'Instead of `ids`: all that fit, as they are found now' }),
    count: z.int().min(1).max(bulkMax).optional()
      .meta({ description: 'How many were seen to fit: it is refused where that is true no more' }),
    fields: z.record(z.string(), z.unknown()).optional().meta({ description: 'Of `update`: as of a change of one' }),
    ownerId: Id.optional().meta({ description: 'Of `reassign`' }),
    groupId: Id.optional().meta({ description: 'Of `group`: into which one' }),
    tags: z.array(line(50)).min(1).max(20).optional().meta({ description: 'Of `tag`: beside those that are there' }),
  })
  .meta({ id: 'NewBulk', example: { action: 'delete', ids: ['018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01'] } });
export type NewBulk = z.output<typeof NewBulk>;

const JobError = z.object({
  nth: z.int().meta({ description: 'Of the row in the file, its head among them, or among those chosen, from 1' }),
  cells: z.array(z.string()),
  outcome: z.string(),
  problems: z.array(z.string()),
});
export type JobError = z.output<typeof JobError>;
const Errors = z.object({ items: z.array(JobError), next: z.int().nullable() });
/** Rows for which nothing was done: their values were wrong, or they are left out for a reason. */
const RowTrouble = z.enum(['failed', 'skipped']);
export type RowTrouble = z.output<typeof RowTrouble>;
const OfErrors = z.object({
  after: z.string().regex(/^\d{1,9}$/).default('0').transform(Number)
    .meta({ description: 'The number of a row: those behind it; `next` of the page before' }),
  outcome: RowTrouble.optional().meta({ description: 'Only those that failed, or only those that were left out' }),
});

const list = (path: string, needs: 'import:create' | 'export:create' | 'job:read', noun: string) =>
  endpoint({ method: 'GET', path, needs, query: ListQuery, returns: listOf(Job), summary: `List: ${noun}` });
const one = { params: ById, returns: Job } as const;
/** A job of any type, with what that type wants. */
export const NewJob = z
  .object({
    type: z.enum(jobTypes),
    payload: z.record(z.string(), z.unknown()).meta({ description: 'As the endpoint of that type takes it' }),
    maxAttempts: z.int().min(1).max(10).default(3),
  })
  .meta({ id: 'NewJob', example: { type: 'export', payload: { record: 'account', format: 'csv' } } });
export type NewJob = z.output<typeof NewJob>;
export const TakenJobs = z.object({ taken: z.array(Id) });

const asked = (name: string, summary: string) =>
  endpoint({ method: 'POST', path: `/api/jobs/:id/${name}`, needs: 'job:update', ...one, summary });

export const jobEndpoints = {
  list: list('/api/jobs', 'job:read', 'jobs'),
  create: endpoint({
    method: 'POST', path: '/api/jobs', needs: 'job:create', body: NewJob, returns: Job, status: 202,
    summary: 'Ask for a job of any type',
  }),
  process: endpoint({
    method: 'POST', path: '/api/jobs/process', needs: 'job:update', returns: TakenJobs,
    summary: 'Take up the jobs that are pending; each is taken up once',
  }),
  read: endpoint({ method: 'GET', path: '/api/jobs/:id', needs: 'job:read', ...one, summary: 'Read: job' }),
  errors: endpoint({
    method: 'GET', path: '/api/jobs/:id/errors', needs: 'job:read', params: ById, query: OfErrors, returns: Errors,
    summary: 'Rows of a job that failed or were left out, with the reasons',
  }),
  pause: asked('pause', 'Pause a job after the rows it is at'),
  resume: asked('resume', 'Let a paused job go on at the row where it stopped'),
  cancel: asked('cancel', 'Cancel a job; what it did stays'),
  retry: asked('retry', 'Let a failed job go on where it failed, with all its attempts'),
  undo: asked('undo', 'Take back what a job made and changed, where nobody changed it since'),
  report: endpoint({
    method: 'GET', path: '/api/jobs/:id/report', needs: 'job:read', params: ById, returns: z.void(), raw: 'text/csv',
    summary: 'The rows of a job that failed or were left out, with the reasons, as a file',
  }),
};
export const importEndpoints = {
  list: list('/api/imports', 'import:create', 'imports'),
  create: endpoint({
    method: 'POST', path: '/api/imports', needs: 'import:create', body: NewImport, returns: Job, status: 201,
    summary: 'Read the head of an uploaded file, and guess where its columns go',
  }),
  read: endpoint({ method: 'GET', path: '/api/imports/:id', needs: 'import:create', ...one, summary: 'Read: import' }),
  errors: endpoint({
    method: 'GET', path: '/api/imports/:id/errors', needs: 'import:create', params: ById, query: OfErrors,
    returns: Errors, summary: 'Rows of an import that failed or were left out, with the reasons',
  }),
  map: endpoint({
    method: 'PUT', path: '/api/imports/:id/mapping', needs: 'import:create', ...one, body: Mapping,
    summary: 'Say where the columns go',
  }),
  correct: endpoint({
    method: 'PATCH', path: '/api/imports/:id/cells', needs: 'import:create', ...one,
    body: z.object({ cells: z.array(CellFix).min(1).max(fixesAtOnce) }),
    summary: 'Correct cells after a dry run; the import reads them so, and the file stays as it is',
  }),
  check: endpoint({
    method: 'POST', path: '/api/imports/:id/check', needs: 'import:create', ...one,
    summary: 'Try every row and keep nothing: a dry run',
  }),
  start: endpoint({
    method: 'POST', path: '/api/imports/:id/start', needs: 'import:create', ...one, summary: 'Import the rows',
  }),
  undo: endpoint({
    method: 'POST', path: '/api/imports/:id/undo', needs: 'import:create', ...one,
    summary: 'Take back what an import made and changed, where nobody changed it since',
  }),
};
export const exportEndpoints = {
  list: list('/api/exports', 'export:create', 'exports'),
  create: endpoint({
    method: 'POST', path: '/api/exports', needs: 'export:create', body: NewExport, returns: Job, status: 202,
    summary: 'Write a list to a file',
  }),
  read: endpoint({ method: 'GET', path: '/api/exports/:id', needs: 'export:create', ...one, summary: 'Read: export' }),
};

/** Changes many of a kind of record. */
export const bulkEndpoint = (kind: JobKind) =>
  endpoint({
    method: 'POST', path: `${kind.path}/bulk`, needs: 'bulk:create', body: NewBulk, returns: Job, status: 202,
    summary: `Change many ${manyOfKind(kind)}: ${kind.bulk.join(', ')}`,
  });
/** For all kinds of an area. */
export const bulkEndpoints = <Name extends string>(kinds: Readonly<Record<Name, JobKind>>) =>
  Object.fromEntries(Object.entries<JobKind>(kinds).map(([name, kind]) => [name, bulkEndpoint(kind)])) as Record<
    Name, ReturnType<typeof bulkEndpoint>
  >;

/** Carries a job on, chunk by chunk. */
export const jobProcess = processContract({
  type: 'job',
  entityType: 'job',
  summary: 'Imports, exports or changes many records, and goes on where it was interrupted',
  id: jobId => `job-${jobId}`,
  reads: 'job:read',
  start: { needs: 'export:create', body: NewExport },
  signals: {},
  updates: watcherUpdates,
});

const about = z.object({
  jobId: Id,
  ownerId: Id.nullable(),
  type: z.enum(jobTypes),
  mode: z.enum(jobModes),
  title: z.string(),
});
const tells = (p: z.output<typeof about>) => [{ type: jobProcess.type, entityId: p.jobId }];
const happened = (name: string, says: (p: z.output<typeof about>) => string, told = true) =>
  event({
    name: `platform.job.${name}`,
    payload: about,
    hides: ['ownerId'],
    entity: p => p.jobId,
    concerns: p => (p.ownerId ? [p.ownerId] : []),
    ...(told && { tells }),
    says,
  });
export const jobRequested = happened(
  'requested',
  p => `asked for ${p.mode === 'run' ? p.title : `${p.mode} of ${p.title}`}`,
);
export const jobCommanded = happened('commanded', p => `paused, resumed or cancelled ${p.title}`);
export const jobProgressed = happened('progressed', p => `went on with ${p.title}`, false);
export const jobSettled = happened('settled', p => `finished ${p.title}`);
export const jobCorrected = happened('corrected', p => `corrected cells of ${p.title}`, false);
