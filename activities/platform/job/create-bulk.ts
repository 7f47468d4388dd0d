import { z } from 'zod';
import { Job } from '../../../db/platform/job/job.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { keptValues } from '../../../domain/platform/custom-field/custom-values.ts';
import { invalidField, Refusal, type FieldError } from '../../../domain/platform/errors.ts';
import type { JsonObject } from '../../../domain/platform/field.ts';
import { bulkMax, NewBulk } from '../../../domain/platform/job/job.contract.ts';
import { jobRecordNamed } from '../../job-records.ts';
import { verb, type VerbContext } from '../verb.ts';
import { beginRound, OfJob } from './ask-job.ts';
import { manyOfKind, whyNotBulk } from '../../../domain/platform/job/job-kind.ts';
import { matchingStatement } from './job-query.ts';
import { jobRecordFor, type JobRecord } from './job-record.ts';

type Bulk = Omit<NewBulk, 'ids' | 'matching' | 'count'>;
/** What is done to each row. */
export interface BulkParams extends Pick<Bulk, 'action' | 'groupId' | 'tags'> {
  fields: Record<string, unknown> | null;
}

const names = {
  update: 'Change', delete: 'Deletion', reassign: 'Reassignment', tag: 'Tagging', group: 'Grouping',
} as const;

/** Asks for a change of many records: of those that are named, or of all that fit now. */
export const createBulk = verb(
  { name: 'create-bulk', needs: 'bulk:create', input: NewBulk.extend({ record: z.string() }), output: OfJob },
  async (ctx, { record, ids, matching, count, ...bulk }) => {
    const of = await jobRecordFor(ctx, jobRecordNamed(record));
    const { action, groupId, tags } = bulk;
    const whyNot = whyNotBulk(of.kind, action);
    if (whyNot) throw invalidField('action', whyNot);
    const many = manyOfKind(of.kind);
    const fields = await changeOf(ctx, of, bulk);
    const job = ctx.em.create(Job, {
      ...{ id: ctx.id(), type: 'bulk', record, round: 0, title: '' },
      params: { action, fields, ...(groupId && { groupId }), ...(tags && { tags }), ...(matching && { matching }) },
    });
    const total = await chosen(ctx, of, job.id, { ids, matching });
    if (count !== undefined && count !== total)
      throw new Refusal('conflict', `${total} ${many} fit by now, not ${count}: look at them again`);
    Object.assign(job, { total, title: `${names[action]} of ${total} ${many}` });
    await beginRound(ctx, job, 'run');
    return { jobId: job.id };
  },
);

/** Writes down which rows are meant, and answers how many they are. */
async function chosen(
  { em, tenantId, actor }: VerbContext, of: JobRecord, jobId: string,
  { ids, matching }: Pick<NewBulk, 'ids' | 'matching'>,
): Promise<number> {
  if ((ids === undefined) === (matching === undefined))
    throw invalidField('ids', 'Say either which ones, or what they must match', 'required');
  await em.flush();
  const which = matching
    ? matchingStatement(of, actor, matching, bulkMax + 1)
    : {
        sql: 'select at.id from unnest($1::uuid[]) with ordinality as at (id, n) order by n',
        parameters: [[...new Set(ids)]],
      };
  const next = which.parameters.length;
  const rows = await transactionOf(em).send<{ n: number }>(
    `with made as (insert into job_row (job_id, tenant_id, nth, cells)
       select $${next + 1}, $${next + 2}, row_number() over (), jsonb_build_array(id) from (${which.sql}) as meant (id)
       returning 1)
     select count(*)::int as n from made`,
    [...which.parameters, jobId, tenantId],
  );
  const { n } = rows[0]!;
  if (n === 0) throw invalidField('matching', 'Nothing matches');
  if (n > bulkMax) throw invalidField('matching', `More than ${bulkMax} match`);
  return n;
}

/** The fields that are written, refused at once where no row could take them. */
async function changeOf(ctx: VerbContext, of: JobRecord, bulk: Bulk): Promise<Record<string, unknown> | null> {
  const { owner, group } = of;
  switch (bulk.action) {
    case 'delete':
      return null;
    case 'reassign':
      if (!bulk.ownerId) throw invalidField('ownerId', 'is required', 'required');
      return { [owner!]: bulk.ownerId };
    case 'tag':
      if (!bulk.tags) throw invalidField('tags', 'is required', 'required');
      return null;
    case 'group':
      if (!bulk.groupId) throw invalidField('groupId', 'is required', 'required');
      await group!.prove(ctx, bulk.groupId);
      return null;
    case 'update':
      return fieldsTaken(of, bulk.fields ?? {});
    default:
      return bulk.action satisfies never;
  }
}

function fieldsTaken({ record, custom = {} }: JobRecord, fields: Record<string, unknown>): Record<string, unknown> {
  const given = Object.keys(fields);
  const unknown = given.find(name => name === 'version' || !Object.hasOwn(record.Patch.shape, name));
  if (!given.length || unknown !== undefined)
    throw invalidField('fields', unknown === undefined ? 'is required' : `There is no field ${unknown}`);
  const parsed = record.Patch.safeParse(fields);
  if (parsed.success) {
    const sent = parsed.data['customFields'] as JsonObject | null | undefined;
    const own = keptValues(Object.values(custom), { sent, before: null, how: 'change' });
    if ('faults' in own) throw new Refusal('invalid', 'Validation failed', { fields: own.faults.map(underFields) });
    return parsed.data;
  }
  throw invalidField('fields', parsed.error.issues.map(i => `${i.path.join('.')}: ${i.message}`).join('; '));
}
const underFields = (fault: FieldError): FieldError => ({ ...fault, pointer: `/fields${fault.pointer}` });
