import { z } from 'zod';
import { endpoint } from '../../platform/contract.ts';
import { Id } from '../../platform/id.ts';
import { EmailSubject, EmailText } from '../../platform/mail/email-template.ts';
import type { Places } from '../../platform/mail/placeholder.ts';
import { interactions } from '../activity/interaction.ts';

/** What the places of a mail to a contact can be. */
export const emailPlaces = {
  contact: [
    'firstName', 'lastName', 'fullName', 'jobTitle', 'department', 'emailAddress', 'workPhone', 'mobile', 'city',
    'country',
  ],
  account: ['accountName', 'accountLegalName', 'industry', 'websiteUrl', 'phone', 'email'],
  opportunity: ['opportunityName', 'amount', 'currency', 'stage', 'probability', 'expectedClose'],
  sender: ['name', 'email'],
} as const satisfies Places;
/** Those that are written without what they belong to. */
export const barePlaces = [...emailPlaces.contact, 'accountName', 'opportunityName'] as const;

/** The text as it is written here, else that of the template. */
const text = {
  templateId: Id.nullable().optional(),
  subject: EmailSubject.optional().meta({ description: 'That of the template, unless said' }),
  body: EmailText.optional().meta({ description: 'That of the template, unless said' }),
  accountId: Id.nullable().optional().meta({ description: 'That of the contact, unless said' }),
  opportunityId: Id.nullable().optional(),
};
export const PreviewEmail = z.object({ ...text, contactId: Id.nullable().optional() }).meta({ id: 'PreviewEmail' });
export type PreviewEmail = z.output<typeof PreviewEmail>;
export const SendEmail = z.object({ ...text, contactId: Id }).meta({ id: 'SendEmail' });

export const EmailPreview = z
  .object({
    to: z.string().nullable().meta({ description: 'The address of the contact' }),
    subject: z.string().meta({ example: 'Hi Jane' }),
    text: z.string(),
    html: z.string(),
    missing: z.array(z.enum(['contact', 'account', 'opportunity']))
      .meta({ description: 'What the text speaks of, and was not said' }),
  })
  .meta({ id: 'EmailPreview' });

/** Mails from a record (CRM-093). */
export const emailEndpoints = {
  preview: endpoint({
    method: 'POST', path: '/api/crm/email-previews', needs: 'email-template:read', body: PreviewEmail,
    returns: EmailPreview, summary: 'A mail as its reader would see it: nothing is sent',
  }),
  send: endpoint({
    method: 'POST', path: '/api/crm/emails', needs: 'interaction:create', body: SendEmail, status: 201,
    returns: interactions.View, summary: 'Send a mail to a contact; it stands on the timeline as an interaction',
  }),
};
