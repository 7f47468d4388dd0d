import { randomUUID } from 'node:crypto';
import { contactVerbs } from '../../../activities/crm/contact-verbs.ts';
import { emailTemplateVerbs } from '../../../activities/crm/email/email-template-verbs.ts';
import { sendEmail } from '../../../activities/crm/email/send-email.ts';
import { noteMail } from '../../../activities/platform/mail/note-mail.ts';
import { byName } from '../../../activities/platform/record/named-verbs.ts';
import type { Examples, World } from '../verb-world.ts';
import { recordExamples } from './record.examples.ts';

const ofTemplate = recordExamples(emailTemplateVerbs, {
  fields: () => ({ name: `Hello ${randomUUID()}`, subject: 'Hi {firstName}', body: 'How is {accountName}?' }),
  change: { subject: 'Hello {firstName}' },
});
const mail = async (w: World): Promise<{ contactId: string; subject: string; body: string }> => {
  const emailAddress = `jane-${randomUUID()}@example.com`;
  const jane = await w.run(contactVerbs.create, { firstName: 'Jane', lastName: 'Doe', emailAddress });
  return { contactId: jane['id'] as string, subject: 'Hi {firstName}', body: 'Hello' };
};
const sent = async (w: World): Promise<string> => {
  const { id: mailId } = await w.run(sendEmail, await mail(w));
  await w.run(noteMail, { mailId, status: 'sent', problem: null }, w.process);
  return mailId;
};

export const emailExamples: Examples = {
  ...byName('EmailTemplate', ofTemplate),
  lookAtEmail: async w => ({ input: await mail(w), as: w.as('manager') }),
  sendEmail: async w => ({ input: await mail(w), as: w.as('manager'), again: 'each is a mail of its own' }),
  noteReport: async w => ({
    input: { mailId: await sent(w), status: 'bounced', problem: 'No such mailbox' }, as: w.process,
  }),
};
