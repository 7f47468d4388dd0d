import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Mail } from '../../../db/platform/mail.entity.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { mailQueued, mailSettled, mailTold, sendMail } from '../../../domain/platform/mail.contract.ts';
import { mailStates, reportedStates, type MailState } from '../../../domain/platform/mail.ts';
import { titleOfMail } from './queue-mail.ts';
import { noteDelivery } from '../notification/mail-notification.ts';
import { showProcedure } from '../process/show-procedure.ts';
import { noteTaken, restartProcess } from '../process/start-process.ts';
import { verb, type VerbContext } from '../verb.ts';

const ofMail = z.object({ mailId: Id });
async function locked({ em }: VerbContext, mailId: string): Promise<Mail> {
  const mail = await em.findOne(Mail, { id: mailId, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!mail) throw notFound();
  return mail;
}

/** Says before it happens that the mail is being sent: whoever comes after a crash knows that it may have been. */
export const beginMail = verb(
  { name: 'begin-mail', needs: 'process', input: ofMail, output: z.object({ status: z.enum(mailStates) }) },
  async (ctx, { mailId }) => {
    const mail = await locked(ctx, mailId);
    const before = mail.status;
    if (before === 'queued') mail.status = 'sending';
    await noteTaken(ctx, sendMail.id(mailId));
    return { status: before };
  },
);

/** Writes what became of the mail, and closes its process; `queued` is one more try later (and says so). */
export const noteMail = verb(
  {
    name: 'note-mail',
    needs: 'process',
    input: ofMail.extend({ status: z.enum(mailStates), problem: z.string().nullable() }),
    output: z.null(),
  },
  async (ctx, { mailId, status, problem }) => {
    const mail = await locked(ctx, mailId);
    // One more try is said of what is under way: a try that was taken for lost may say so when all is over.
    const underWay = mail.status === 'queued' || mail.status === 'sending';
    if (status === 'queued' ? !underWay : mail.status === status) return null;
    const cut = problem?.slice(0, 500) ?? null;
    // Whoever took it may report before they have answered.
    const reported = (reportedStates as readonly string[]).includes(mail.status);
    if (!reported) {
      Object.assign(mail, { status, problem: cut });
      await noteDelivery(ctx, mailId, { status, problem: cut });
    }
    if (status === 'sent') Object.assign(mail, { sentAt: new Date(), bodyCipher: null });
    const open = status === 'queued';
    await showProcedure(ctx, sendMail.id(mailId), {
      status, open, problem: cut,
      wait: {
        what: 'Waiting for the mail server to take the mail', on: 'the mail server', since: +mail.createdAt,
        then: 'it is sent',
      },
    });
    if (!open && !reported) tellOutcome(ctx, mail, { status, problem: cut });
    return null;
  },
);

/** To administrators, and to whoever sent it. */
export function tellOutcome(
  ctx: VerbContext, { id: mailId, subject, createdBy }: Mail, what: { status: MailState; problem: string | null },
): void {
  ctx.emit(mailSettled, { mailId, subject, ...what });
  if (createdBy) ctx.emit(mailTold, { mailId, userId: createdBy, subject, status: what.status });
}

/** Sends again what was not sent, as when there was no mail server; the text is kept until it is sent. */
export const resendMail = verb(
  { name: 'resend-mail', needs: 'process:steer', input: ofMail, output: z.object({ id: Id }) },
  async (ctx, { mailId }) => {
    const mail = await locked(ctx, mailId);
    if (mail.status === 'queued' || mail.status === 'sending') throw new Refusal('conflict', 'It is being sent');
    if (mail.bodyCipher === null) throw new Refusal('conflict', 'It was sent already');
    Object.assign(mail, { status: 'queued', problem: null });
    await restartProcess(ctx, sendMail, mailId, { title: titleOfMail(mail) });
    ctx.emit(mailQueued, { mailId, subject: mail.subject });
    return { id: mailId };
  },
);
