import { z } from 'zod';
import { SendEmail } from '../../../domain/crm/email/email.contract.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { queueMail, sealedBody } from '../../platform/mail/queue-mail.ts';
import { verb } from '../../platform/verb.ts';
import { interactionVerbs } from '../activity/interaction-verbs.ts';
import { filledEmail } from './filled-email.ts';

const textMax = 10_000;

/**
 * Sends a mail to a contact (CRM-093): an interaction on the timeline, and a mail of the same id that a process sends.
 * Answers go to who sent it.
 */
export const sendEmail = verb(
  { name: 'send-email', needs: 'interaction:create', input: SendEmail, output: z.object({ id: Id }) },
  async (ctx, sent) => {
    const { contact, subject, text, missing, sender } = await filledEmail(ctx, sent);
    const toAddress = contact!.emailAddress;
    if (!toAddress) throw invalidField('contactId', 'has no e-mail address', 'no-address');
    if (missing[0])
      throw invalidField(`${missing[0]}Id`, `is needed: the text speaks of the ${missing[0]}`, 'required');
    if (!subject) throw invalidField('subject', 'is blank once its places are filled in');
    if (!text) throw invalidField('body', 'is blank once its places are filled in');
    if (text.length > textMax) throw invalidField('body', `must have at most ${textMax} characters when filled in`);
    const { contactId, accountId, opportunityId } = sent;
    const interaction = await ctx.run(interactionVerbs.create, {
      type: 'email', direction: 'outbound', subject, description: text, contactId,
      ...(accountId ? { accountId } : {}), ...(opportunityId ? { opportunityId } : {}),
    });
    const id = interaction['id'] as string;
    const bodyCipher = sealedBody(ctx.tenantId, id, text);
    await queueMail(ctx, { id, toAddress, subject, bodyCipher, replyTo: sender?.email ?? null });
    return { id };
  },
);
