import { ApplicationFailure } from '@temporalio/common';
import { createTransport } from 'nodemailer';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import type { MailState } from '../../../domain/platform/mail.ts';
import { messageIdOf } from '../../../domain/platform/mail/delivery-report.ts';
import { htmlOf } from '../../../domain/platform/mail/placeholder.ts';
import { log } from '../log.ts';
import { systemActor } from '../system-actor.ts';
import { run } from '../verb.ts';
import { beginMail, noteMail } from './note-mail.ts';
import { openedBody } from './queue-mail.ts';

export interface MailServer {
  /** `smtp://user:password@host:port`, or smtps; without it nothing is sent. */
  url: string | undefined;
  from: string;
}
let server: MailServer = { url: undefined, from: 'throughline@localhost' };
/** Set once by main of the worker. */
export const setMailServer = (to: MailServer): MailServer => (server = to);

interface Outcome {
  status: Exclude<MailState, 'queued' | 'sending'>;
  problem: string | null;
}

/**
 * Sends a mail once and answers what came of it. It throws only while trying again can do no harm: the text was not
 * handed over. Once it was, and no answer came, the outcome is unknown and stays so.
 */
export async function deliverMail({ tenantId, mailId }: { tenantId: string; mailId: string }): Promise<Outcome> {
  const caller = { actor: systemActor(tenantId) };
  const { status } = await run(beginMail, { mailId }, caller);
  if (status === 'sending') return { status: 'unknown', problem: 'The worker stopped while it was sending' };
  if (status !== 'queued') return { status, problem: null };
  try {
    return await handedOver(tenantId, mailId);
  } catch (e) {
    const problem = e instanceof Error ? e.message : String(e);
    await run(noteMail, { mailId, status: 'queued', problem }, caller);
    throw ApplicationFailure.retryable(problem, 'mail-server-away');
  }
}

interface QueuedMail {
  toAddress: string;
  subject: string;
  bodyCipher: string;
  replyTo: string | null;
}
async function handedOver(tenantId: string, mailId: string): Promise<Outcome> {
  if (!server.url) {
    log.warn({ tenantId, mailId }, 'a mail was not sent: SMTP_URL is not set');
    return { status: 'not-sent', problem: 'There is no mail server: SMTP_URL is not set' };
  }
  const mail = await readerOf(tenantId).row<QueuedMail>(
    sql`select to_address as "toAddress", subject, body_cipher as "bodyCipher", reply_to as "replyTo" from mail
      where id = ${mailId}`,
  );
  const text = openedBody(tenantId, mailId, mail!.bodyCipher);
  const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
  const transport = createTransport({ url: server.url, ...timeouts });
  try {
    // Apart from the sending, so that what fails here is known to have handed nothing over.
    await transport.verify();
    const { toAddress: to, subject, replyTo } = mail!;
    // Its id is its own: a server that gets it twice may see that.
    const message = {
      from: server.from, to, subject, text, html: htmlOf(text), messageId: messageIdOf(tenantId, mailId),
      ...(replyTo ? { replyTo } : {}),
    };
    return await transport.sendMail(message).then(() => ({ status: 'sent', problem: null }) as const, outcomeOf);
  } finally {
    transport.close();
  }
}

/** A refusal for good, or an unknown end; whatever is worth another try is thrown on. */
function outcomeOf(e: Error & { responseCode?: number; syscall?: string }): Outcome {
  if (e.responseCode === undefined)
    return e.syscall === 'connect' ? again(e) : { status: 'unknown', problem: e.message };
  return e.responseCode >= 500 ? { status: 'refused', problem: e.message } : again(e);
}
const again = (e: Error): never => {
  throw e;
};
