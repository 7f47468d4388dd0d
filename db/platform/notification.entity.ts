import { defineEntity, p } from '@mikro-orm/core';
import {
  notificationStatuses,
  notificationTypes,
  type NotificationStatus,
  type NotificationType,
} from '../../domain/platform/notification.ts';
import { oneOf, owned, tenantOwned } from './columns.ts';

/** A message to one user on one channel (PLT-T4). */
const NotificationSchema = defineEntity({
  name: 'Notification',
  tableName: 'notification',
  properties: {
    ...owned(),
    userId: p.uuid(),
    type: p.string().$type<NotificationType>().length(10).default('in_app'),
    channel: p.string().length(255).nullable(),
    subject: p.string().length(300),
    body: p.text(),
    templateId: p.string().length(100).nullable(),
    triggerEvent: p.string().length(100).nullable(),
    referenceType: p.string().length(50).nullable(),
    referenceId: p.uuid().nullable(),
    status: p.string().$type<NotificationStatus>().length(10).default('pending'),
    sentAt: p.datetime().nullable(),
    deliveredAt: p.datetime().nullable(),
    failureReason: p.text().nullable(),
    retryCount: p.integer().default(0),
    readAt: p.datetime().nullable(),
    metadata: p.json<Record<string, unknown>>(),
  },
  indexes: [
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'type'] },
    { properties: ['tenantId', 'sentAt'] },
    { properties: ['tenantId', 'userId', 'readAt'] },
    { properties: ['tenantId', 'userId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'referenceId'] },
  ],
  checks: [
    { name: 'notification_type_check', expression: oneOf('type', notificationTypes) },
    { name: 'notification_status_check', expression: oneOf('status', notificationStatuses) },
  ],
  ...tenantOwned,
});
export class Notification extends NotificationSchema.class {}
NotificationSchema.setClass(Notification);
