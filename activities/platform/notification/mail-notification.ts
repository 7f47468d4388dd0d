import type { RequiredEntityData } from '@mikro-orm/core';
import type { User } from '../../../db/platform/identity/user.entity.ts';
import { Notification } from '../../../db/platform/notification.entity.ts';
import type { MailState } from '../../../domain/platform/mail.ts';
import type { NotificationStatus } from '../../../domain/platform/notification.ts';
import { queueMail, sealedBody } from '../mail/queue-mail.ts';
import type { VerbContext } from '../verb.ts';

type Message = Omit<RequiredEntityData<Notification>, 'id' | 'userId' | 'type'> & { subject: string; body: string };

/** The same message by mail: a notification of its own, whose mail has its id and a process that sends it. */
export async function mailNotification(ctx: VerbContext, user: User, message: Message): Promise<void> {
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

const statusOf: Record<MailState, NotificationStatus> = {
  queued: 'pending', sending: 'pending', sent: 'sent', 'not-sent': 'failed', refused: 'failed', unknown: 'failed',
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
