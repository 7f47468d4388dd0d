import { z } from 'zod';
import { Instant } from './clock.ts';
import { Id } from './id.ts';

export const notificationTypes = ['email', 'in_app', 'sms', 'webhook', 'slack'] as const;
export const notificationStatuses = ['pending', 'sent', 'failed', 'delivered', 'bounced'] as const;
export type NotificationType = (typeof notificationTypes)[number];
export type NotificationStatus = (typeof notificationStatuses)[number];

/** A message to one user on one channel (PLT-T4). */
export const Notification = z
  .object({
    id: Id,
    userId: Id,
    type: z.enum(notificationTypes),
    channel: z.string().nullable(),
    subject: z.string(),
    body: z.string(),
    templateId: z.string().nullable(),
    triggerEvent: z.string().nullable(),
    referenceType: z.string().nullable(),
    referenceId: Id.nullable(),
    status: z.enum(notificationStatuses),
    sentAt: Instant.nullable(),
    deliveredAt: Instant.nullable(),
    failureReason: z.string().nullable(),
    retryCount: z.int(),
    readAt: Instant.nullable(),
    metadata: z.record(z.string(), z.unknown()),
    createdAt: Instant,
  })
  .meta({ id: 'Notification' });
export type Notification = z.output<typeof Notification>;

const message = {
  type: z.enum(notificationTypes).default('in_app'),
  channel: z
    .string()
    .trim()
    .max(255)
    .optional()
    .meta({ description: 'Address on the channel, such as an e-mail address' }),
  subject: z.string().trim().min(1).max(300),
  body: z.string().max(20_000),
  referenceType: z.string().max(50).optional(),
  referenceId: Id.optional(),
  metadata: z.record(z.string().max(100), z.unknown()).optional(),
};
/** A message that an administrator writes by hand. */
export const Announce = z.object({ userId: Id, ...message }).meta({ id: 'Announce' });
/** What `notify` takes; subject and body come from a template. `event` is the one that caused it. */
export const Notify = z.object({
  userIds: z.array(Id),
  template: z.string().max(100),
  event: z.string().max(100).optional(),
  data: z.record(z.string(), z.string()).optional()
    .meta({ description: 'What the template was filled with, for mails whose text the tenant wrote itself' }),
  ...message,
});
export type Notify = z.output<typeof Notify>;
