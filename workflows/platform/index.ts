// Register: the workflows of the platform.
export { clockAdvance } from './clock-advance.workflow.ts';
export { job } from './job.workflow.ts';
export { notificationDigest } from './notification-digest.workflow.ts';
export { retention } from './retention.workflow.ts';
export { sendMail } from './send-mail.workflow.ts';
export { webhookDelivery } from './webhook-delivery.workflow.ts';
export { reconcile } from './reconcile.workflow.ts';
