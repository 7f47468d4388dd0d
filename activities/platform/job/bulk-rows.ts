import { z } from 'zod';
import { Job } from '../../../db/platform/job/job.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { NewBulk } from '../../../domain/platform/job/job.contract.ts';
import { jobRecordNamed } from '../../job-records.ts';
import { verb } from '../verb.ts';
import { beginRound, OfJob } from './ask-job.ts';
import type { JobRecord } from './job-record.ts';
import { jobAtWork, More, workOnRows } from './row-work.ts';

type Bulk = Pick<NewBulk, 'action' | 'fields' | 'ownerId'>;

const names = { update: 'Change', delete: 'Deletion', reassign: 'Reassignment' } as const;

/** Asks for a change of many records. */
export const createBulk = verb(
  { name: 'create-bulk', needs: 'bulk:create', input: NewBulk.extend({ record: z.string() }), output: OfJob },
  async (ctx, { record, ids, ...params }) => {
    const of = jobRecordNamed(record);
    const fields = changeOf(of, params);
    const action = names[params.action];
    const chosen = [...new Set(ids)];
    const job = ctx.em.create(Job, {
      ...{ id: ctx.id(), type: 'bulk', record, total: chosen.length, round: 0 },
      params: { action: params.action, fields },
      title: `${action} of ${chosen.length} ${record}s`,
    });
    await beginRound(ctx, job, 'run');
    await transactionOf(ctx.em).send(
      `insert into job_row (job_id, tenant_id, nth, cells)
       select $1, $2, at, jsonb_build_array(id) from unnest($3::uuid[]) with ordinality as r (id, at)`,
      [job.id, ctx.tenantId, chosen],
    );
    return { jobId: job.id };
  },
);

/** The fields that are written, refused at once where no row could take them. */
function changeOf({ record, owner }: JobRecord, { action, fields, ownerId }: Bulk): Record<string, unknown> | null {
  if (action === 'delete') return null;
  if (action === 'reassign') {
    if (!owner) throw invalidField('action', `A ${record.name} has no owner of its own`);
    if (!ownerId) throw invalidField('ownerId', 'is required', 'required');
    return { [owner]: ownerId };
  }
  const given = Object.keys(fields ?? {});
  const unknown = given.find(name => name === 'version' || !Object.hasOwn(record.Patch.shape, name));
  if (!given.length || unknown !== undefined)
    throw invalidField('fields', unknown === undefined ? 'is required' : `There is no field ${unknown}`);
  const parsed = record.Patch.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw invalidField('fields', parsed.error.issues.map(i => `${i.path.join('.')}: ${i.message}`).join('; '));
}

/** The next of many records that are changed alike. */
export const bulkRows = verb(
  { name: 'bulk-rows', needs: 'bulk:create', input: OfJob, output: More },
  async (ctx, { jobId }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job) return { more: false };
    const { verbs } = jobRecordNamed(job.record);
    const { fields } = job.params as { fields: Record<string, unknown> | null };
    return workOnRows(ctx, job, async ({ cells }) => {
      const recordId = cells[0]!;
      if (fields) await ctx.run(verbs.patch, { id: recordId, fields });
      else await ctx.run(verbs.remove, { id: recordId });
      return { outcome: fields ? 'updated' : 'deleted', recordId };
    });
  },
);
