import { awaitSettled } from './clock/await-settled.ts';
import { deliverMail } from './mail/deliver-mail.ts';
import { archiveAllAudits } from './retention/archive-audit.ts';
import { reconcileAll } from './process/reconcile.ts';

/** Register: activities that only read or wait; whatever writes is a verb. */
export const platformTasks = { archiveAllAudits, awaitSettled, deliverMail, reconcileAll };
