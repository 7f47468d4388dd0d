import { z } from 'zod';
import { Notification } from '../../db/platform/notification.entity.ts';
import { User } from '../../db/platform/user.entity.ts';
import { notificationCreated } from '../../domain/platform/notification.contract.ts';
import { Notify } from '../../domain/platform/notification.ts';
import { verb } from './verb.ts';

/** Writes an in-app notification to each active recipient, once; they are delivered with the commit (PLT-070). */
export const notify = verb(
  { name: 'notify', needs: 'process', input: Notify, output: z.object({ ids: z.array(z.uuid()) }) },
  async ({ em, id, now, emit }, { userIds, template, subject, body, referenceType, referenceId, event, metadata }) => {
    const users = await em.find(
      User,
      { id: { $in: [...new Set(userIds)] }, active: true, deletedAt: null },
      { orderBy: { id: 'asc' } },
    );
    const at = new Date(now);
    const rows = users.map(user =>
      em.create(Notification, {
        id: id(),
        userId: user.id,
        type: 'in_app',
        subject,
        body,
        templateId: template,
        triggerEvent: event,
        referenceType,
        referenceId,
        status: 'delivered',
        sentAt: at,
        deliveredAt: at,
        metadata: metadata ?? {},
      }),
    );
    const first = rows[0];
    if (first)
      emit(notificationCreated, { notificationId: first.id, userIds: users.map(u => u.id), template, subject });
    return { ids: rows.map(r => r.id) };
  },
);
