import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { sendMail } from '../../../domain/platform/mail.contract.ts';
import { systemActor } from '../system-actor.ts';
import { run } from '../verb.ts';
import { noteMail } from './note-mail.ts';

const Outcome = z.enum(['sent', 'unknown']);

/**
 * What has left the house is not sent again: the engine still knows of a mail that an older database has not sent. Says
 * whether it does; only for one whose last execution has come to its end.
 */
export async function takeOverMail(client: Client, tenantId: string, mailId: string): Promise<boolean> {
  const result: unknown = await client.workflow.getHandle(sendMail.id(mailId)).result();
  const { success, data: status } = Outcome.safeParse(result);
  if (!success) return false;
  const problem = status === 'sent' ? null : 'What became of it was not known';
  await run(noteMail, { mailId, status, problem }, { actor: systemActor(tenantId) });
  return true;
}
