import type { RequiredEntityData } from '@mikro-orm/core';
import type { User } from '../../../db/platform/identity/user.entity.ts';
import { Notification } from '../../../db/platform/notification.entity.ts';
import { EmailTemplate } from '../../../db/platform/mail/email-template.entity.ts';
import type { MailState } from '../../../domain/platform/mail.ts';
import type { NotificationStatus } from '../../../domain/platform/notification.ts';
import type { MailableEvent } from '../../../domain/platform/notification/mail-preference.ts';
import { log } from '../log.ts';
import { liquidText } from '../mail/liquid.ts';
import { queueMail, sealedBody } from '../mail/queue-mail.ts';
import type { VerbContext } from '../verb.ts';

type Message = Omit<RequiredEntityData<Notification>, 'id' | 'userId' | 'type'> & { subject: string; body: string };

/**
 * The same message by mail: a notification of its own, whose mail has its id and a process that sends it. Its text is
 * that of the template that the tenant wrote for it, if there is one (CRM-093).
 */
export async function mailNotification(
  ctx: VerbContext, user: User, told: Message, data?: Record<string, string>,
): Promise<void> {
  const message = { ...told, ...(data && (await ownText(ctx, told.templateId, data))) };
  const id = ctx.id();
  ctx.em.create(Notification, {
    ...message,
    ...{ id, userId: user.id, type: 'email', channel: user.email, status: 'pending' },
    // It is read in the mailbox: nothing here waits for it.
    ...{ sentAt: null, deliveredAt: null, readAt: new Date(ctx.now) },
  });
  const bodyCipher = sealedBody(ctx.tenantId, id, message.body);
  await queueMail(ctx, { id, toAddress: user.email, subject: message.subject, bodyCipher });
}

async function ownText(
  { em }: VerbContext, template: unknown, data: Record<string, string>,
): Promise<{ subject: string; body: string } | undefined> {
  const notification = template as MailableEvent;
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
       sent_at = case when ? then now() else sent_at end where id = ?`,
    [statusOf[status], problem, status === 'queued' ? 1 : 0, status === 'sent', mailId],
    'run',
  );
