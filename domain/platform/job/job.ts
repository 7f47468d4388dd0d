import { z } from 'zod';
import { Instant } from '../clock.ts';
import { Id } from '../id.ts';
import { dateFormats } from './date-format.ts';

/** Work on many rows that a process carries on: it is interrupted at any row and goes on there. */
export const jobTypes = [
  'import', 'export', 'bulk', 'account_type_update', 'image_extraction', 'pdf', 'report',
] as const;
export type JobType = (typeof jobTypes)[number];

export const jobStatuses = ['draft', 'pending', 'processing', 'paused', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** `check` tries each row and keeps nothing; `undo` takes back what `run` did. */
export const jobModes = ['check', 'run', 'undo'] as const;
export type JobMode = (typeof jobModes)[number];

export const outcomes = ['created', 'updated', 'deleted', 'skipped', 'undone', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

export const onMatches = ['create', 'upsert', 'update'] as const;

/** Where each column of an import goes: the name of a field, or null to leave it out. */
export const Mapping = z
  .object({
    header: z.boolean().meta({ description: 'Whether the first row holds the names of the columns' }),
    columns: z.array(z.string().max(100).nullable()).max(500),
    keys: z
      .array(z.string().max(100))
      .max(5)
      .meta({ description: 'Fields that tell whether a record is there already; a row that hits two is an error' }),
    eachNew: z
      .boolean()
      .optional()
      .meta({ description: 'Makes a record of each row that says no key, also where it is like one that is there' }),
    onMatch: z
      .enum(onMatches)
      .meta({ description: 'Make new ones only, also change those that are there, or change only those' }),
    dateFormat: z
      .enum(dateFormats)
      .nullable()
      .optional()
      .meta({ description: 'How days are written, beside YYYY-MM-DD; as found in the file where it is left out' }),
  })
  .meta({
    id: 'ImportMapping',
    example: { header: true, columns: ['accountName', null], keys: ['accountName'], onMatch: 'upsert' },
  });
export type Mapping = z.output<typeof Mapping>;

export const ImportField = z.object({
  name: z.string(),
  label: z.string(),
  required: z.boolean(),
  key: z.boolean().meta({ description: 'May tell whether a record is there already' }),
});
export type ImportField = z.output<typeof ImportField>;

/** What was found in an uploaded file. */
export const FileFacts = z.object({
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  dateFormat: z.enum(dateFormats).nullable(),
  dateFormatSure: z.boolean().optional().meta({ description: 'Whether day and month could be told apart' }),
  header: z.boolean(),
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())),
});
export type FileFacts = z.output<typeof FileFacts>;

const Counts = z.partialRecord(z.enum(outcomes), z.int());
export type Counts = z.output<typeof Counts>;

export const Job = z
  .object({
    id: Id,
    type: z.enum(jobTypes),
    record: z.string(),
    title: z.string(),
    status: z.enum(jobStatuses),
    mode: z.enum(jobModes),
    total: z.int().nullable(),
    done: z.int(),
    counts: Counts,
    checked: Counts.nullable().meta({ description: 'What the last dry run counted' }),
    problem: z.string().nullable(),
    error: z.string().nullable().meta({ description: 'The same as `problem`, once it failed' }),
    attempts: z.int().meta({ description: 'How often it was begun, and begun again after a fault' }),
    maxAttempts: z.int(),
    payload: z.record(z.string(), z.unknown()).meta({ description: 'What was asked for' }),
    result: z.record(z.string(), z.unknown()).nullable().meta({ description: 'What came of it, once it is completed' }),
    sentence: z.string().meta({ example: 'Imported 4,200 of 10,000 rows' }),
    file: FileFacts.nullable(),
    mapping: Mapping.nullable(),
    fields: z.array(ImportField).nullable().meta({ description: 'Where columns of an import can go' }),
    alike: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether rows of an import that say no key are left out where like what is there' }),
    resultFileId: Id.nullable(),
    workflowId: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
    createdBy: Id.nullable(),
    createdByName: z.string().nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.output<typeof Job>;

export const jobCommands = ['check', 'start', 'pause', 'resume', 'cancel', 'undo', 'retry'] as const;
export type JobCommand = (typeof jobCommands)[number];

type Standing = Pick<Job, 'type' | 'status' | 'mode' | 'done'> & { mapping: unknown };
const from: Record<JobCommand, readonly JobStatus[]> = {
  check: ['draft'],
  start: ['draft'],
  pause: ['pending', 'processing'],
  resume: ['paused'],
  cancel: ['draft', 'pending', 'processing', 'paused'],
  undo: ['completed', 'failed', 'cancelled'],
  retry: ['failed'],
};

/** Why a job cannot be told so now, or undefined. */
export function whyNotJob(command: JobCommand, job: Standing): string | undefined {
  if (command === 'undo' && job.type !== 'import' && job.type !== 'bulk')
    return 'Only an import or a change of many can be undone';
  if (command === 'undo' && job.mode === 'undo' && job.status === 'completed') return 'It is undone already';
  if (!from[command].includes(job.status)) return `It is ${job.status}`;
  if (command === 'undo' && (job.mode === 'check' || (job.mode === 'run' && !job.done)))
    return 'It did nothing that could be taken back';
  if ((command === 'check' || command === 'start') && !job.mapping) return 'Say first where the columns go';
  return undefined;
}

const verbs: Record<JobType, string> = {
  import: 'Imported', export: 'Exported', bulk: 'Worked on', account_type_update: 'Worked on',
  image_extraction: 'Kept', pdf: 'Wrote', report: 'Counted',
};
const number = (n: number): string => n.toLocaleString('en-US');

const nouns: Partial<Record<JobType, string>> = { image_extraction: 'pictures' };

/** "Imported 4,200 of 10,000 rows". */
export function sayJob({ type, mode, total, done }: Pick<Job, 'type' | 'mode' | 'total' | 'done'>): string {
  const verb = mode === 'check' ? 'Checked' : mode === 'undo' ? 'Took back' : verbs[type];
  const noun = nouns[type] ?? 'rows';
  return total === null ? `${verb} ${number(done)} ${noun}` : `${verb} ${number(done)} of ${number(total)} ${noun}`;
}
