import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { customName, heldIn } from '../../../domain/platform/custom-field/custom-field.ts';
import type { Mapping } from '../../../domain/platform/job/job.ts';
import { jobRecordNamed } from '../../job-records.ts';
import { verb, type VerbContext } from '../verb.ts';
import { OfJob } from './ask-job.ts';
import { jobRecordFor, type JobRecord } from './job-record.ts';
import { fieldsOfRow } from './row-fields.ts';
import { jobAtWork, More, workOnRows, type Done, type WorkRow } from './row-work.ts';
import { rowsOf } from './read-table.ts';
import { bytesOf } from './stored-file.ts';

type Fields = Record<string, unknown>;
const stagedAtOnce = 2_000;

/** Reads the file into rows, all or none; a second time changes nothing. */
export const stageImport = verb(
  { name: 'stage-import', needs: 'import:create', input: OfJob, output: More },
  async (ctx, { jobId }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job || job.total !== null) return { more: job !== null };
    const all = await rowsOf(await bytesOf(ctx, job.fileId!), job.file!);
    const rows = job.mapping!.header ? all.slice(1) : all;
    const { send } = transactionOf(ctx.em);
    for (let at = 0; at < rows.length; at += stagedAtOnce)
      await send(
        `insert into job_row (job_id, tenant_id, nth, cells)
         select $1, $2, $3::int + at, cells from jsonb_array_elements($4::jsonb) with ordinality as r (cells, at)`,
        [jobId, ctx.tenantId, at, JSON.stringify(rows.slice(at, at + stagedAtOnce))],
      );
    job.total = rows.length;
    return { more: true };
  },
);

/** The next rows of an import: each makes a record, changes the one that is there, or says why not. */
export const importRows = verb(
  { name: 'import-rows', needs: 'import:create', input: OfJob, output: More },
  async (ctx, { jobId }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job) return { more: false };
    const of = await jobRecordFor(ctx, jobRecordNamed(job.record));
    // Two imports of one file must not both find that a record is not there yet.
    await transactionOf(ctx.em).send(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `import ${ctx.tenantId} ${job.record}`,
    ]);
    return workOnRows(ctx, job, row =>
      job.mode === 'undo' ? takenBack(ctx, of, row) : imported(ctx, of, job.mapping!, row),
    );
  },
);

async function imported(ctx: VerbContext, of: JobRecord, mapping: Mapping, { cells }: WorkRow): Promise<Done> {
  const fields = await fieldsOfRow(ctx, of, mapping, cells);
  const found = await matching(ctx, of, mapping.keys, fields);
  if (!found && mapping.onMatch === 'update') return { outcome: 'skipped', problems: ['There is no such record'] };
  if (!found) {
    const made = await ctx.run(of.verbs.create, fields);
    return { outcome: 'created', recordId: made['id'] as string, recordVersion: made['version'] as number };
  }
  const recordId = found['id'] as string;
  if (mapping.onMatch === 'create') return { outcome: 'skipped', recordId, problems: ['It is there already'] };
  const after = await ctx.run(of.verbs.patch, { id: recordId, fields: { ...fields, version: found['version'] } });
  if (after['version'] === found['version']) return { outcome: 'skipped', recordId };
  const before = Object.fromEntries(
    Object.keys(of.record.Patch.shape)
      .filter(name => name !== 'version' && name in after)
      .filter(name => JSON.stringify(found[name] ?? null) !== JSON.stringify(after[name] ?? null))
      .map(name => [name, name === 'customFields' ? customBefore(fields, found) : (found[name] ?? null)]),
  );
  return { outcome: 'updated', recordId, recordVersion: after['version'] as number, before };
}

/** A change of custom fields keeps those that it does not name: so does taking it back. */
const customBefore = (fields: Fields, found: Fields): Fields =>
  Object.fromEntries(
    Object.keys((fields['customFields'] ?? {}) as Fields).map(key => [key, heldIn(found, customName(key))]),
  );

/** The record that has the same value in one of the keys; two of them are an error, never a guess. */
async function matching(
  { em }: VerbContext, { record }: JobRecord, keys: readonly string[], fields: Fields,
): Promise<Fields | null> {
  const given = keys.filter(key => typeof fields[key] === 'string');
  if (!given.length) return null;
  const column = (key: string): string => `"${key.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`)}"`;
  const rows = await transactionOf(em).send<Fields>(
    `select * from "${record.tableName}" where deleted_at is null
     and (${given.map((key, i) => `lower(${column(key)}) = lower($${i + 1})`).join(' or ')}) limit 2 for update`,
    given.map(key => fields[key]),
  );
  if (rows.length > 1) throw new Refusal('conflict', `Two records have the same ${given.join(' or ')}`);
  const [row] = rows;
  return row ? Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value])) : null;
}
const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

/** What the row made goes, what it changed is as it was; what somebody changed since stays. */
async function takenBack(ctx: VerbContext, { record, verbs }: JobRecord, row: WorkRow): Promise<Done> {
  const [now] = await transactionOf(ctx.em).send<{ version: number; gone: boolean }>(
    `select version, deleted_at is not null as gone from "${record.tableName}" where id = $1 for update`,
    [row.recordId],
  );
  if (!now || now.gone) return { outcome: 'skipped', problems: ['It is deleted'] };
  if (now.version !== row.recordVersion) throw new Refusal('conflict', 'It was changed since');
  const id = row.recordId!;
  if (row.outcome === 'created') await ctx.run(verbs.remove, { id });
  else await ctx.run(verbs.patch, { id, fields: { ...row.before, version: now.version } });
  return { outcome: 'undone' };
}

