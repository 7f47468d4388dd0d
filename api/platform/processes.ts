import { advanceClock } from '../../activities/platform/clock/advance-clock.ts';
import { watchDigest } from '../../activities/platform/notification/keep-digest.ts';
import { resendMail } from '../../activities/platform/mail/note-mail.ts';
import { redeliverWebhook } from '../../activities/platform/webhook/send-message.ts';
import { webhookDelivery } from '../../domain/platform/webhook/webhook.contract.ts';
import { notificationDigest } from '../../domain/platform/notification/digest.contract.ts';
import { sendMail } from '../../domain/platform/mail.contract.ts';
import { clockAdvance } from '../../domain/platform/sandbox.contract.ts';
import { jobSteering } from './job/job.process.ts';
import { steer, type Steered } from './steer.ts';

export const platformProcesses: Steered[] = [
  jobSteering,
  steer(clockAdvance, {
    start: async ({ run, body }) => ({ entityId: (await run(advanceClock, body)).id }),
    signals: {},
  }),
  steer(webhookDelivery, {
    start: async ({ run, body }) => ({ entityId: (await run(redeliverWebhook, body)).messageId }),
    signals: {},
  }),
  steer(notificationDigest, {
    start: async ({ run, body }) => ({ entityId: (await run(watchDigest, body)).id }),
    signals: {},
  }),
  steer(sendMail, {
    start: async ({ run, body }) => ({ entityId: (await run(resendMail, body)).id }),
    signals: {},
  }),
];
