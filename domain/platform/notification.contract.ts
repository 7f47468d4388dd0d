import { z } from 'zod';
import { endpoint, event } from './contract.ts';
import { ById, Id } from './id.ts';
import { ListQuery, listOf } from './list.ts';
import { Announce, Notification } from './notification.ts';
import { grant, type PermissionGrid } from './permission.ts';

const path = '/api/notifications';
const Count = z.object({ count: z.int().min(0) }).meta({ id: 'Count' });
const markRead = { path: `${path}/:id/mark-read`, needs: 'signed-in', params: ById, returns: Notification } as const;

/** Everybody sees their own notifications only; somebody else's is not found (PLT-070, 071, 076). */
export const notificationEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs: 'signed-in',
    query: ListQuery,
    returns: listOf(Notification),
    summary: 'My notifications, newest first; filter[unread]=true, filter[status]=sent',
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs: 'notification:create',
    body: Announce,
    status: 201,
    returns: Notification,
    summary: 'Write to a user',
  }),
  unreadCount: endpoint({
    method: 'GET',
    path: `${path}/unread-count`,
    needs: 'signed-in',
    returns: Count,
    summary: 'How many I have not read',
  }),
  markAllRead: endpoint({
    method: 'POST',
    path: `${path}/mark-all-read`,
    needs: 'signed-in',
    returns: Count,
    summary: 'Mark all of mine as read',
  }),
  markRead: endpoint({ method: 'POST', ...markRead, summary: 'Mark one as read' }),
  changeToRead: endpoint({ method: 'PATCH', ...markRead, summary: 'Mark one as read, as a change of it' }),
  /** Links in mails can only GET. */
  markReadByLink: endpoint({ method: 'GET', ...markRead, summary: 'Mark one as read, by a link' }),
};

/** Only its recipients see it in the live stream: the bell counts by it. */
export const notificationCreated = event({
  name: 'platform.notification.created',
  payload: z.object({ notificationId: Id, userIds: z.array(Id).min(1), template: z.string(), subject: z.string() }),
  entity: p => p.notificationId,
  concerns: p => p.userIds,
  says: p => `notified: ${p.subject}`,
});
export const notificationRead = event({
  name: 'platform.notification.read',
  payload: z.object({ userId: Id, notificationId: Id, count: z.int() }),
  entity: p => p.notificationId,
  concerns: p => [p.userId],
  says: p => `read ${p.count === 1 ? 'a notification' : `${p.count} notifications`}`,
});

export const notificationPermissions = { notification: { create: grant.admins } } satisfies PermissionGrid;
