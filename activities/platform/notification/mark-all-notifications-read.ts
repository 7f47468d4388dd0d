import { z } from 'zod';
import { Notification } from '../../../db/platform/notification.entity.ts';
import { notificationRead } from '../../../domain/platform/notification.contract.ts';
import { verb } from '../verb.ts';

/** Marks all of the actor's unread notifications as read and tells how many they were. */
export const markAllNotificationsRead = verb(
  {
    name: 'mark-all-notifications-read',
    needs: 'signed-in',
    input: z.object({}),
    output: z.object({ count: z.int() }),
  },
  async ({ em, actor, now, emit, note }) => {
    const { userId } = actor;
    if (!userId) return { count: 0 };
    const newest = await em.findOne(
      Notification,
      { userId, readAt: null },
      { orderBy: { createdAt: 'desc', id: 'desc' } },
    );
    if (!newest) return { count: 0 };
    const count = await em.nativeUpdate(
      Notification,
      { userId, readAt: null },
      { readAt: new Date(now), updatedAt: new Date(now) },
    );
    note({
      action: 'UPDATE',
      tableName: 'notification',
      recordId: null,
      oldValues: { readAt: null },
      newValues: { readAt: new Date(now), count },
    });
    emit(notificationRead, { userId, notificationId: newest.id, count });
    return { count };
  },
);
