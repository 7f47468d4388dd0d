import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { sendMail } from '../../../domain/platform/mail.contract.ts';
import { webhookDelivery } from '../../../domain/platform/webhook/webhook.contract.ts';
import { noteMail } from '../mail/note-mail.ts';
import { systemActor } from '../system-actor.ts';
import { run, type Caller } from '../verb.ts';
import { noteHeard } from '../webhook/note-try.ts';

/** Messages that have the same id when they are told again: each notes what its execution came to, if to anything. */
const messages = [
  {
    contract: sendMail,
    note: async (caller: Caller, mailId: string, result: unknown): Promise<boolean> => {
      const { success, data: status } = z.enum(['sent', 'unknown']).safeParse(result);
      if (!success) return false;
      const problem = status === 'sent' ? null : 'What became of it was not known';
      await run(noteMail, { mailId, status, problem }, caller);
      return true;
    },
  },
  {
    contract: webhookDelivery,
    note: async (caller: Caller, messageId: string, result: unknown): Promise<boolean> => {
      if (result !== 'delivered') return false;
      await run(noteHeard, { messageId }, caller);
      return true;
    },
  },
];
const messageOf = (type: string) => messages.find(m => m.contract.type === type);

/** Whether a process of this type sends such a message. */
export const leavesTheHouse = (type: string): boolean => messageOf(type) !== undefined;

/**
 * What has left the house is not sent again: the engine still knows of a message that an older database has not sent.
 * Says whether it does; only for one whose last execution has come to its end.
 */
export async function takeOver(
  client: Client, tenantId: string, { type, entityId }: { type: string; entityId: string },
): Promise<boolean> {
  const message = messageOf(type);
  if (!message) return false;
  const result: unknown = await client.workflow.getHandle(message.contract.id(entityId)).result();
  return message.note({ actor: systemActor(tenantId) }, entityId, result);
}
