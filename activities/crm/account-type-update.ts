import { z } from 'zod';
import { AccountType } from '../../db/crm/account-type.entity.ts';
import { transactionOf } from '../../db/platform/pool/transaction.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { OfJob } from '../platform/job/ask-job.ts';
import type { JobTask } from '../platform/job/job-task.ts';
import { jobAtWork, More } from '../platform/job/row-work.ts';
import { settleJob } from '../platform/job/settle-job.ts';
import { verb } from '../platform/verb.ts';
import { accountVerbs } from './account-verbs.ts';
import { anAccount, seen } from './activity/about.ts';

const Payload = z.object({ accountId: Id, accountType: z.string().max(100) });

/** Gives the account of the job its type, and counts the contacts that follow it (CRM-029). */
export const updateAccountType = verb(
  { name: 'update-account-type', needs: 'account:update', input: OfJob, output: More },
  async (ctx, { jobId }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job) return { more: false };
    const { accountId, accountType } = job.params as z.output<typeof Payload>;
    await ctx.run(accountVerbs.patch, { id: accountId, fields: { accountType } });
    await ctx.em.flush();
    await transactionOf(ctx.em).send(
      `with theirs as (select count(*)::int as n from contact where account_id = $2 and deleted_at is null)
       update job set done = n, total = n, updated_at = now(),
         result = jsonb_build_object('accountId', $2::uuid, 'accountType', $3::text, 'contacts', n)
       from theirs where id = $1`,
      [jobId, accountId, accountType],
    );
    ctx.em.clear();
    await ctx.run(settleJob, { jobId, problem: null });
    return { more: false };
  },
);

/** An account becomes another type, its contacts with it. */
export const accountTypeUpdate: JobTask<typeof Payload> = {
  needs: 'account:update',
  payload: Payload,
  about: async (ctx, { accountId, accountType }) => {
    const account = await seen(ctx, anAccount, accountId, 'payload/accountId');
    const types = await ctx.em.find(AccountType, { deletedAt: null });
    if (!types.some(type => type.name.toLowerCase() === accountType.toLowerCase()))
      throw invalidField('payload/accountType', `must be one of ${types.map(type => type.name).join(', ')}`);
    return { title: `${account.accountName} becomes ${accountType}`, record: 'account' };
  },
  work: updateAccountType,
};
