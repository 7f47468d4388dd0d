import { z } from 'zod';
import { event } from './contract.ts';
import { Id } from './id.ts';
import { processContract } from './process.ts';

/** Sends one mail. It follows the machine's time: the world outside knows no sandbox clock. */
export const sendMail = processContract({
  type: 'sendMail',
  entityType: 'mail',
  summary: 'Sends one mail, again and again while the mail server cannot be reached',
  id: mailId => `send-mail-${mailId}`,
  reads: 'process:steer',
  start: {
    needs: 'process:steer',
    body: z.object({ mailId: Id.meta({ description: 'A mail that was not sent: it is tried again' }) }),
  },
  signals: {},
});

export const mailQueued = event({
  name: 'platform.mail.queued',
  payload: z.object({ mailId: Id, subject: z.string() }),
  entity: p => p.mailId,
  tells: p => [{ type: 'sendMail', entityId: p.mailId }],
  says: p => `queued the mail “${p.subject}”`,
});
/** Whoever sent it hears what became of it. */
export const mailTold = event({
  name: 'platform.mail.told',
  payload: z.object({ mailId: Id, userId: Id, subject: z.string(), status: z.string() }),
  entity: p => p.mailId,
  concerns: p => [p.userId],
  says: p => `the mail “${p.subject}” is ${p.status}`,
});
export const mailSettled = event({
  name: 'platform.mail.settled',
  payload: z.object({ mailId: Id, subject: z.string(), status: z.string(), problem: z.string().nullable() }),
  entity: p => p.mailId,
  says: p => `the mail “${p.subject}” is ${p.status}${p.problem ? `: ${p.problem}` : ''}`,
});
