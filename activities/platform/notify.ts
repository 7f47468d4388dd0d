import { z } from 'zod';
import { Notification } from '../../db/platform/notification.entity.ts';
import { User } from '../../db/platform/identity/user.entity.ts';
import { notificationCreated } from '../../domain/platform/notification.contract.ts';
import { Notify } from '../../domain/platform/notification.ts';
import { sendOn } from './notification/mail-notification.ts';
import { verb } from './verb.ts';

/**
 * Writes a notification to each active recipient. An in-app one is delivered by the commit; the other channels stay
 * pending until they are sent (PLT-070). Who wants it by others too gets it there (PLT-073, 075).
 */
export const notify = verb(
  { name: 'notify', needs: 'process', input: Notify, output: z.object({ ids: z.array(z.uuid()) }) },
  async (ctx, { userIds, template, event, metadata, data, ...message }) => {
    const { em, id, now, emit } = ctx;
    const active = { id: { $in: [...new Set(userIds)] }, active: true, deletedAt: null };
    const users = await em.find(User, active, { orderBy: { id: 'asc' } });
    const at = message.type === 'in_app' ? new Date(now) : null;
    const said = { ...message, templateId: template, triggerEvent: event, metadata: metadata ?? {} };
    const rows = users.map(user =>
      em.create(Notification, {
        ...said,
        id: id(),
        userId: user.id,
        status: at ? 'delivered' : 'pending',
        sentAt: at,
        deliveredAt: at,
      }),
    );
    if (at) for (const user of users) await sendOn(ctx, user, said, data);
    const recipients = { userIds: users.map(u => u.id), template, subject: message.subject };
    if (rows[0]) emit(notificationCreated, { notificationId: rows[0].id, ...recipients });
    return { ids: rows.map(r => r.id) };
  },
);
