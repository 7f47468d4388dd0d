import { ApplicationFailure } from '@temporalio/common';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import type { ChannelName } from '../../../domain/platform/notification/channel.ts';
import { recordAddress } from '../../../domain/platform/notification/record-address.ts';
import { log } from '../log.ts';
import { systemActor } from '../system-actor.ts';
import { run } from '../verb.ts';
import type { Outcome } from './channel/channel.ts';
import { channelFor } from './channel/channels.ts';
import { beginMail, noteMail } from './note-mail.ts';
import { openedBody } from './queue-mail.ts';

/**
 * Sends a message once and answers what came of it. It throws only while trying again can do no harm: the text was not
 * handed over. Once it was, and no answer came, the outcome is unknown and stays so.
 */
export async function deliverMail({ tenantId, mailId }: { tenantId: string; mailId: string }): Promise<Outcome> {
  const caller = { actor: systemActor(tenantId) };
  const { status } = await run(beginMail, { mailId }, caller);
  if (status === 'sending') return { status: 'unknown', problem: 'The worker stopped while it was sending' };
  // Where it was reported already, it was sent.
  if (status === 'delivered' || status === 'bounced') return { status: 'sent', problem: null };
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
  channel: ChannelName;
  toAddress: string;
  subject: string;
  bodyCipher: string;
  replyTo: string | null;
  /** Of a notification: what it is about. */
  kind: string | null;
  about: string | null;
}
async function handedOver(tenantId: string, id: string): Promise<Outcome> {
  const mail = await readerOf(tenantId).row<QueuedMail>(
    sql`select m.channel, m.to_address as "toAddress", m.subject, m.body_cipher as "bodyCipher",
        m.reply_to as "replyTo", n.reference_type as kind, n.reference_id as about
      from mail m left join notification n on n.id = m.id where m.id = ${id}`,
  );
  const { channel, toAddress, subject, bodyCipher, replyTo, kind, about } = mail!;
  const body = openedBody(tenantId, id, bodyCipher);
  const { to, text } = channel === 'email' ? { to: toAddress, text: body } : (JSON.parse(body) as Addressed);
  const page = recordAddress(kind, about);
  const outcome = await channelFor(channel).send({ tenantId, id, to, subject, text, page, replyTo });
  if (outcome.status === 'not-sent') log.warn({ tenantId, mailId: id, channel }, 'a message was not sent');
  return outcome;
}

/** What stands in the body of a message whose address is not to be read by others. */
export interface Addressed {
  to: string;
  text: string;
}
