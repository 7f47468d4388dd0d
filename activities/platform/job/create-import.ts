import { z } from 'zod';
import { Job } from '../../../db/platform/job/job.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { NewImport } from '../../../domain/platform/job/job.contract.ts';
import { besideRows } from '../../../domain/platform/job/column-names.ts';
import { manyOfKind } from '../../../domain/platform/job/job-kind.ts';
import { dateFormatOf } from '../../../domain/platform/job/date-format.ts';
import { Mapping, type FileFacts, type ImportField } from '../../../domain/platform/job/job.ts';
import { jobRecordNamed } from '../../job-records.ts';
import { verb, type VerbContext } from '../verb.ts';
import { lockedJob, OfJob } from './ask-job.ts';
import { importFieldsOf, jobRecordFor, type JobRecord } from './job-record.ts';
import { factsOf } from './read-table.ts';
import { completeFile } from './stored-file.ts';

/** Reads the head of an upload, and says where its columns may go: as the last time, or by their names. */
export const createImport = verb(
  { name: 'create-import', needs: 'import:create', input: NewImport, output: OfJob },
  async (ctx, { record, fileId }) => {
    const of = await jobRecordFor(ctx, jobRecordNamed(record));
    if (of.kind.whyNoImport) throw invalidField('record', of.kind.whyNoImport);
    const { file, bytes } = await completeFile(ctx, fileId);
    const facts = await factsOf(bytes);
    const fields = importFieldsOf(of);
    const job = ctx.em.create(Job, {
      ...{ id: ctx.id(), type: 'import', record, fileId, file: facts, round: 0 },
      title: `Import of ${manyOfKind(of.kind)} from ${file.name}`.slice(0, 300),
      mapping: (await remembered(ctx, of, facts)) ?? guessed(facts, fields, of),
    });
    return { jobId: job.id };
  },
);

/** Says where the columns go. */
export const mapImport = verb(
  { name: 'map-import', needs: 'import:create', input: z.object({ id: Id, mapping: Mapping }), output: OfJob },
  async (ctx, { id, mapping }) => {
    const job = await lockedJob(ctx, id);
    if (job.type !== 'import' || job.status !== 'draft') throw new Refusal('conflict', `It is ${job.status}`);
    const fields = importFieldsOf(await jobRecordFor(ctx, jobRecordNamed(job.record)));
    const chosen = mapping.columns.filter(name => name !== null);
    const unknown = chosen.find(name => !fields.some(f => f.name === name));
    if (unknown !== undefined) throw invalidField('columns', `There is no field ${unknown}`);
    if (new Set(chosen).size < chosen.length) throw invalidField('columns', 'Two columns go to one field');
    if (!chosen.length) throw invalidField('columns', 'No column goes anywhere');
    const bad = mapping.keys.find(key => !chosen.includes(key) || !fields.find(f => f.name === key)?.key);
    if (bad !== undefined) throw invalidField('keys', `${bad} is no key among the chosen fields`);
    if (mapping.onMatch === 'update' && !mapping.keys.length)
      throw invalidField('keys', 'Say by which field records are found');
    // Rows were read with the header or without it: they are read anew.
    if (mapping.header !== job.mapping?.header) {
      await transactionOf(ctx.em).send('delete from job_row where job_id = $1', [id]);
      job.total = null;
    }
    const { dateFormat = job.file?.dateFormat ?? null } = mapping;
    Object.assign(job, {
      mapping: { ...mapping, dateFormat }, checked: null, params: { ...job.params, keysChosen: true },
    });
    return { jobId: id };
  },
);

/**
 * The mapping of this person's last import of such columns, or of which these are rows that failed; that each row is
 * new was said of one file alone.
 */
async function remembered({ em, actor }: VerbContext, of: JobRecord, facts: FileFacts): Promise<Mapping | null> {
  const own = besideRows(facts.columns);
  const [last] = await transactionOf(em).send<{ mapping: Mapping; width: number; chosen: boolean }>(
    `select mapping, jsonb_array_length(file->'columns') as width, coalesce(params ? 'keysChosen', false) as chosen
     from job
     where type = 'import' and record = $1 and created_by = $2 and mapping is not null
       and file->'columns' = any($3::jsonb[]) and status <> 'draft' order by created_at desc, id desc limit 1`,
    [of.kind.name, actor.userId, [facts.columns, facts.columns.slice(own)].map(columns => JSON.stringify(columns))],
  );
  if (!last) return null;
  const { eachNew: _, ...said } = last.mapping;
  const before = facts.columns.slice(last.width).map(() => null);
  const mapping = before.length ? { ...said, header: true, columns: [...before, ...said.columns] } : said;
  // What the file itself tells is surer.
  const { sample, dateFormatSure } = facts;
  const dateFormat = dateFormatSure ? facts.dateFormat : dateFormatOf(sample.flat(), mapping.dateFormat);
  return { ...mapping, keys: last.chosen ? mapping.keys : keysAgain(of, mapping), dateFormat };
}

/** Imports of old had every key chosen for them: one that loses rows is to be chosen. */
const keysAgain = ({ keys, presets = keys }: JobRecord, mapping: Mapping): string[] =>
  mapping.onMatch === 'upsert' ? mapping.keys.filter(k => !keys.includes(k) || presets.includes(k)) : mapping.keys;

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** By name, label or what others call it, without regard to case and punctuation; each field once. */
export function guessed(
  { columns, header, dateFormat }: FileFacts, fields: readonly ImportField[],
  { called = {}, keys: all, presets = all }: Pick<JobRecord, 'called' | 'keys' | 'presets'>,
): Mapping {
  const wordsOf = ({ name, label }: ImportField): string[] => [...(called[name] ?? []), name, label].map(plain);
  const free = new Map(fields.flatMap(f => wordsOf(f).map(word => [word, f.name] as const)));
  const own = besideRows(columns);
  const taken = columns.map((column, at) => {
    const name = at < own ? undefined : free.get(plain(column));
    if (name === undefined) return null;
    for (const [word, other] of free) if (other === name) free.delete(word);
    return name;
  });
  const keys = fields.map(f => f.name).filter(name => presets.includes(name) && taken.includes(name));
  return { header, columns: taken, keys: keys.slice(0, 1), onMatch: 'upsert', dateFormat };
}
