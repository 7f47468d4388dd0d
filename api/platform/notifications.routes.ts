import { announce } from '../../activities/platform/notification/announce.ts';
import { markAllNotificationsRead } from '../../activities/platform/notification/mark-all-notifications-read.ts';
import { markNotificationRead } from '../../activities/platform/notification/mark-notification-read.ts';
import { countUnread, listNotifications, readNotification } from '../../db/platform/notifications.query.ts';
import { notificationEndpoints } from '../../domain/platform/notification.contract.ts';
import { serve, type HandlerArgs } from './serve.ts';

const markRead = async ({ params, run, read }: Pick<HandlerArgs, 'run' | 'read'> & { params: { id: string } }) => {
  const { id } = await run(markNotificationRead, params);
  return readNotification(read, id);
};

export const notifications = serve(notificationEndpoints, {
  list: ({ query, read, actor }) => listNotifications(read, actor.userId, query),
  create: async ({ body, run, read }) => readNotification(read, (await run(announce, body)).id),
  unreadCount: async ({ read, actor }) => ({ count: await countUnread(read, actor.userId) }),
  markAllRead: ({ run }) => run(markAllNotificationsRead, {}),
  markRead,
  changeToRead: markRead,
  markReadByLink: markRead,
});
