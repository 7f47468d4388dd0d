import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Mail } from '../../../db/platform/mail.entity.ts';
import { Id } from '../../../domain/platform/id.ts';
import { reportedStates, type MailState } from '../../../domain/platform/mail.ts';
import { noteDelivery } from '../notification/mail-notification.ts';
import { verb } from '../verb.ts';
import { tellOutcome } from './note-mail.ts';

/** What may follow: a mailbox can send back what it took, and never takes what it sent back. */
const after: Partial<Record<MailState, readonly MailState[]>> = {
  sending: reportedStates, sent: reportedStates, unknown: reportedStates, delivered: ['bounced'],
};

/** Notes what whoever took a message reports of it (PLT-072); what is known already changes nothing. */
export const noteReport = verb(
  {
    name: 'note-report',
    needs: 'process',
    input: z.object({ mailId: Id, status: z.enum(reportedStates), problem: z.string().nullable() }),
    output: z.object({ noted: z.boolean() }),
  },
  async (ctx, { mailId, status, problem }) => {
    const where = { id: mailId, deletedAt: null };
    const mail = await ctx.em.findOne(Mail, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!mail || !after[mail.status as MailState]?.includes(status)) return { noted: false };
    const cut = problem?.slice(0, 500) ?? null;
    Object.assign(mail, { status, problem: cut });
    await noteDelivery(ctx, mailId, { status, problem: cut });
    tellOutcome(ctx, mail, { status, problem: cut });
    return { noted: true };
  },
);
