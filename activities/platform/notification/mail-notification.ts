import type { RequiredEntityData } from '@mikro-orm/core';
import type { User } from '../../../db/platform/identity/user.entity.ts';
import { EmailTemplate } from '../../../db/platform/mail/email-template.entity.ts';
import { Notification } from '../../../db/platform/notification.entity.ts';
import type { MailState } from '../../../domain/platform/mail.ts';
import type { ChannelName } from '../../../domain/platform/notification/channel.ts';
import { ownChannels } from '../../../domain/platform/notification/channel.ts';
import type { MailableEvent } from '../../../domain/platform/notification/mail-preference.ts';
import type { NotificationStatus } from '../../../domain/platform/notification.ts';
import { log } from '../log.ts';
import type { Addressed } from '../mail/deliver-mail.ts';
import { liquidText } from '../mail/liquid.ts';
import { queueMail, sealedBody } from '../mail/queue-mail.ts';
import type { VerbContext } from '../verb.ts';
import { openedChannels } from './channels-of-user.ts';
import { messageId, type MessageWords } from './message-id.ts';

type Message = Omit<RequiredEntityData<Notification>, 'id' | 'userId' | 'type' | keyof Said> & Said;
type Said = Omit<MessageWords, 'userId' | 'channel'>;

/** The same message by every other channel that the user chose for it (PLT-073, 075). */
export async function sendOn(
  ctx: VerbContext, user: User, told: Message, data?: Record<string, string>,
): Promise<void> {
  const event = told.templateId as MailableEvent;
  if (user.mailed.includes(event)) {
    const message = { ...told, ...(data && (await ownText(ctx, event, data))) };
    await queuedMessage(ctx, user, message, { channel: 'email', to: user.email });
  }
  const chosen = openedChannels(ctx.tenantId, user.id, user.channelsCipher);
  for (const channel of ownChannels) {
    const { address, events = [] } = chosen[channel] ?? {};
    if (address && events.includes(event)) await queuedMessage(ctx, user, told, { channel, to: address });
  }
}

interface Way {
  channel: ChannelName;
  to: string;
  /** What it is told of, where that is no record that it leads to. */
  of?: string;
}
/** A notification of its own, whose mail has its id and a process that sends it. */
export async function queuedMessage(
  ctx: VerbContext, user: User, message: Message, { channel, to, of }: Way,
): Promise<void> {
  const { templateId, referenceId = of, subject, body: text } = message;
  const id = await messageId(ctx, { userId: user.id, channel, templateId, referenceId, subject, body: text });
  const shown = channel === 'slack' || channel === 'webhook' ? new URL(to).host : to;
  ctx.em.create(Notification, {
    ...message,
    ...{ id, userId: user.id, type: channel, channel: shown, status: 'pending' },
    // It is read elsewhere: nothing here waits for it.
    ...{ sentAt: null, deliveredAt: null, readAt: new Date(ctx.now) },
  });
  const body = channel === 'email' ? text : JSON.stringify({ to, text } satisfies Addressed);
  const bodyCipher = sealedBody(ctx.tenantId, id, body);
  await queueMail(ctx, { id, channel, toAddress: shown.slice(0, 255), subject: message.subject, bodyCipher });
}

/** The text that the tenant wrote for it, if there is one (CRM-093). */
async function ownText(
  { em }: VerbContext, notification: MailableEvent, data: Record<string, string>,
): Promise<{ subject: string; body: string } | undefined> {
  const own = await em.findOne(EmailTemplate, { notification, active: true, deletedAt: null });
  if (!own) return undefined;
  try {
    const [subject, body] = [liquidText(own.subject, 'subject').fill(data), liquidText(own.body, 'body').fill(data)];
    return { subject: subject.replace(/\s+/g, ' ').trim().slice(0, 300), body: body.trim() };
  } catch (e) {
    // People are told all the same, by the product's own words.
    log.warn({ err: e, template: own.name }, 'a template could not be filled in');
    return undefined;
  }
}

const statusOf: Record<MailState, NotificationStatus> = {
  queued: 'pending', sending: 'pending', sent: 'sent', 'not-sent': 'failed', refused: 'failed', unknown: 'failed',
  delivered: 'delivered', bounced: 'bounced',
};

/** What became of the mail, noted on the notification of the same id, if there is one; each try again is counted. */
export const noteDelivery = (
  { em }: VerbContext, mailId: string, { status, problem }: { status: MailState; problem: string | null },
): Promise<unknown> =>
  em.execute(
    `update notification set status = ?, failure_reason = ?, retry_count = retry_count + ?, updated_at = now(),
       sent_at = case when ? then now() else sent_at end,
       delivered_at = case when ? then now() else delivered_at end where id = ?`,
    [statusOf[status], problem, status === 'queued' ? 1 : 0, status === 'sent', status === 'delivered', mailId],
    'run',
  );
