import { z } from 'zod';
import { line, prose } from '../field.ts';
import { record } from '../record.ts';
import { mailable, type MailableEvent } from '../notification/mail-preference.ts';

const events = Object.keys(mailable) as [MailableEvent, ...MailableEvent[]];
export const EmailSubject = line(300);
export const EmailText = prose(8000).refine(text => text.trim() !== '', 'must not be blank');

/** A text with places to be filled in: of mails that people write, or of those of a notification (CRM-093). */
export const emailTemplates = record({
  name: 'email-template',
  area: 'crm',
  tableName: 'email_template',
  path: '/api/email-templates',
  title: 'name',
  shape: z.object({
    name: z.string(), subject: z.string(), body: z.string(), notification: z.enum(events).nullable(),
    active: z.boolean(),
  }),
  shown: z.object({ createdByName: z.string().nullable(), updatedByName: z.string().nullable() }),
  create: z.object({
    name: line(200).meta({ title: 'Name' }),
    subject: EmailSubject.meta({ title: 'Subject', description: 'May hold placeholders', example: 'Hi {firstName}' }),
    body: EmailText.meta({
      title: 'Text', description: 'May hold placeholders, such as {firstName}, {accountName}, {sender.name}',
    }),
    notification: z.enum(events).nullable().optional()
      .meta({ title: 'Mails of', description: 'A notification whose mails have this text; of mails to contacts none' }),
    active: z.boolean().default(true).meta({ title: 'Active' }),
  }),
  fields: { name: 'text', subject: 'text', notification: 'text', active: 'boolean' },
  search: ['name', 'subject'],
  unique: 'name',
  defaultSort: 'name',
});
export type EmailTemplate = z.output<typeof emailTemplates.View>;
