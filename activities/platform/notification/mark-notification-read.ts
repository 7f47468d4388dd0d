import { z } from 'zod';
import { LockMode } from '@mikro-orm/core';
import { Notification } from '../../../db/platform/notification.entity.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { notificationRead } from '../../../domain/platform/notification.contract.ts';
import { verb } from '../verb.ts';

/** Marks one of the actor's own notifications as read; the first time counts (PLT-071). */
export const markNotificationRead = verb(
  {
    name: 'mark-notification-read',
    needs: 'signed-in',
    input: z.object({ id: z.uuid() }),
    output: z.object({ id: z.uuid() }),
  },
  async ({ em, actor, now, emit }, { id }) => {
    const userId = actor.userId;
    const row = userId && (await em.findOne(Notification, { id, userId }, { lockMode: LockMode.PESSIMISTIC_WRITE }));
    if (!row) throw notFound();
    if (!row.readAt) {
      row.readAt = new Date(now);
      emit(notificationRead, { userId, notificationId: id, count: 1 });
    }
    return { id };
  },
);
