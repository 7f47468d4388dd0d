import { Mail } from '../../../db/platform/mail.entity.ts';
import { mailQueued, sendMail } from '../../../domain/platform/mail.contract.ts';
import type { ChannelName } from '../../../domain/platform/notification/channel.ts';
import { startProcess } from '../process/start-process.ts';
import { secrets } from '../secret-box.ts';
import type { VerbContext } from '../verb.ts';

export interface NewMail {
  id: string;
  channel?: ChannelName;
  toAddress: string;
  subject: string;
  bodyCipher: string;
  /** Whoever reads the answers. */
  replyTo?: string | null;
}

const contextOf = (tenantId: string, mailId: string): string => `mail ${tenantId} ${mailId}`;
/** A mail may hold a secret: its text is kept as cipher text. */
export const sealedBody = (tenantId: string, mailId: string, body: string): string =>
  secrets().seal(body, contextOf(tenantId, mailId));
export const openedBody = (tenantId: string, mailId: string, cipher: string): string =>
  secrets().open(cipher, contextOf(tenantId, mailId));

const words: Record<ChannelName, string> = {
  email: 'Mail', sms: 'Text message', slack: 'Slack message', webhook: 'Webhook',
};
export const titleOfMail = (
  { channel = 'email', subject, toAddress }: Pick<NewMail, 'channel' | 'subject' | 'toAddress'>,
): string => `${words[channel]} “${subject}” to ${toAddress}`;

/** Part of a verb: the mail commits with what it tells of, and a process of its own sends it. */
export async function queueMail(ctx: VerbContext, mail: NewMail): Promise<void> {
  ctx.em.create(Mail, mail);
  await startProcess(ctx, sendMail, mail.id, { title: titleOfMail(mail) });
  ctx.emit(mailQueued, { mailId: mail.id, subject: mail.subject });
}
