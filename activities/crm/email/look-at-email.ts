import { EmailPreview, PreviewEmail } from '../../../domain/crm/email/email.contract.ts';
import { htmlOf } from '../../../domain/platform/mail/placeholder.ts';
import { verb } from '../../platform/verb.ts';
import { filledEmail } from './filled-email.ts';

/** A mail as its reader would see it (CRM-093); writes nothing. */
export const lookAtEmail = verb(
  { name: 'look-at-email', needs: 'email-template:read', input: PreviewEmail, output: EmailPreview, quiet: true },
  async (ctx, sent) => {
    const { contact, subject, text, missing } = await filledEmail(ctx, sent);
    return { to: contact?.emailAddress ?? null, subject, text, html: htmlOf(text), missing };
  },
);
