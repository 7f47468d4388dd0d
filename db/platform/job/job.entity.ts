import { defineEntity, p } from '@mikro-orm/core';
import {
  jobModes, jobStatuses, jobTypes, outcomes,
  type Counts, type FileFacts, type JobMode, type JobStatus, type JobType, type Mapping, type Outcome,
} from '../../../domain/platform/job/job.ts';
import { oneOf, owned, tenantOwned } from '../columns.ts';

/** An import, an export or a change of many records; its process reads where it stands. */
const JobSchema = defineEntity({
  name: 'Job',
  tableName: 'job',
  properties: {
    ...owned(),
    type: p.string().$type<JobType>().length(20),
    record: p.string().length(100),
    title: p.string().length(300),
    status: p.string().$type<JobStatus>().length(20).default('draft'),
    mode: p.string().$type<JobMode>().length(20).default('run'),
    round: p.integer().default(0),
    total: p.integer().nullable(),
    done: p.integer().default(0),
    counts: p.json<Counts>().defaultRaw(`'{}'`),
    checked: p.json<Counts>().nullable(),
    problem: p.text().nullable(),
    file: p.json<FileFacts>().nullable(),
    mapping: p.json<Mapping>().nullable(),
    params: p.json<Record<string, unknown>>().defaultRaw(`'{}'`),
    cursor: p.text().nullable(),
    attempts: p.integer().default(0),
    maxAttempts: p.integer().default(3),
    apiKeyId: p.uuid().$type<string | null>().nullable(),
    result: p.json<Record<string, unknown>>().nullable(),
    fileId: p.uuid().$type<string | null>().nullable(),
    resultFileId: p.uuid().$type<string | null>().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'createdBy', 'createdAt'] },
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'type', 'status'] },
    { properties: ['tenantId', 'fileId'] },
    { properties: ['tenantId', 'resultFileId'] },
  ],
  checks: [
    { name: 'job_type_check', expression: oneOf('type', jobTypes) },
    { name: 'job_status_check', expression: oneOf('status', jobStatuses) },
    { name: 'job_mode_check', expression: oneOf('mode', jobModes) },
  ],
  ...tenantOwned,
});
export class Job extends JobSchema.class {}
JobSchema.setClass(Job);

/** One row of a job and what became of it; `round` is that of the job which saw it last. */
const JobRowSchema = defineEntity({
  name: 'JobRow',
  tableName: 'job_row',
  properties: {
    jobId: p.uuid().primary(),
    nth: p.integer().primary(),
    tenantId: p.uuid(),
    cells: p.json<string[]>(),
    round: p.integer().default(0),
    outcome: p.string().$type<Outcome>().length(20).nullable(),
    problems: p.json<string[]>().nullable(),
    recordId: p.uuid().$type<string | null>().nullable(),
    recordVersion: p.integer().nullable(),
    before: p.json<Record<string, unknown>>().nullable(),
    recordedAt: p.datetime().defaultRaw('now()'),
  },
  indexes: [{ properties: ['tenantId', 'jobId', 'round', 'nth'] }],
  checks: [{ name: 'job_row_outcome_check', expression: oneOf('outcome', outcomes) }],
  ...tenantOwned,
});
export class JobRow extends JobRowSchema.class {}
JobRowSchema.setClass(JobRow);

/** A file that a job reads or writes, in parts that any process can read. */
const StoredFileSchema = defineEntity({
  name: 'StoredFile',
  tableName: 'stored_file',
  properties: {
    ...owned(),
    name: p.string().length(255),
    mediaType: p.string().length(100).default('text/csv'),
    size: p.integer(),
    sha256: p.string().length(64).nullable(),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }],
  ...tenantOwned,
});
export class StoredFile extends StoredFileSchema.class {}
StoredFileSchema.setClass(StoredFile);

const StoredFilePartSchema = defineEntity({
  name: 'StoredFilePart',
  tableName: 'stored_file_part',
  properties: {
    fileId: p.uuid().primary(),
    nth: p.integer().primary(),
    tenantId: p.uuid(),
    bytes: p.blob(),
    recordedAt: p.datetime().defaultRaw('now()'),
  },
  indexes: [{ properties: ['tenantId', 'fileId', 'nth'] }],
  ...tenantOwned,
});
export class StoredFilePart extends StoredFilePartSchema.class {}
StoredFilePartSchema.setClass(StoredFilePart);
