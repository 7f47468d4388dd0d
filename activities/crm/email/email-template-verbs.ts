import { EmailTemplate } from '../../../db/platform/mail/email-template.entity.ts';
import { barePlaces, emailPlaces } from '../../../domain/crm/email/email.contract.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { emailTemplates } from '../../../domain/platform/mail/email-template.ts';
import { notificationTemplates } from '../../../domain/platform/notification-template.ts';
import type { MailableEvent } from '../../../domain/platform/notification/mail-preference.ts';
import { knownText } from '../../platform/mail/liquid.ts';
import { recordVerbs } from '../../platform/record/record-verbs.ts';

/** CRM-093. A text has no place that nothing fills, whichever of text and use was changed. */
export const emailTemplateVerbs = recordVerbs(emailTemplates, EmailTemplate, {
  complete: async ({ em, tenantId }, sent, before) => {
    const { subject, body, notification = null } = { ...before, ...sent } as Partial<EmailTemplate>;
    const known = placesOf(notification);
    knownText(subject!, 'subject', known);
    knownText(body!, 'body', known);
    if (!notification || notification === before?.notification) return sent;
    // Two that become the text of one notification wait for each other.
    await em.execute(`select pg_advisory_xact_lock(hashtextextended('email templates ' || ?, 0))`, [tenantId]);
    const other = await em.findOne(EmailTemplate, { notification, deletedAt: null });
    if (other && other.id !== before?.id) throw invalidField('notification', `has its text in ${other.name}`);
    return sent;
  },
});

/** A notification has the places of its own text. */
const placesOf = (notification: MailableEvent | null) =>
  notification
    ? { places: {}, bare: Object.keys(notificationTemplates[notification].sample) }
    : { places: emailPlaces, bare: barePlaces };
