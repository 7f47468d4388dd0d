import { beating } from './beating.ts';
import { awaitSettled } from './clock/await-settled.ts';
import { workOnJob } from './job/work-on-job.ts';
import { deliverMail } from './mail/deliver-mail.ts';
import { deliverWebhook } from './webhook/deliver-webhook.ts';
import { archiveAllAudits } from './retention/archive-audit.ts';
import { clearOld } from './retention/clear-old.ts';
import { reconcileAll } from './process/reconcile.ts';
import { takeCommand } from './process/take-command.ts';

/** Register: activities that read, wait, or choose a verb to run; whatever writes is a verb. */
export const platformTasks = {
  archiveAllAudits, awaitSettled, clearOld, reconcileAll, takeCommand, workOnJob,
  deliverMail: beating(deliverMail), deliverWebhook: beating(deliverWebhook),
};
