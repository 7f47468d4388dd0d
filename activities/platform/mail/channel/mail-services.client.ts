import { messageIdOf } from '../../../../domain/platform/mail/delivery-report.ts';
import { htmlOf } from '../../../../domain/platform/mail/placeholder.ts';
import type { Channel } from './channel.ts';
import { posted } from './posted.ts';

const addressed = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/;
const partsOf = (address: string): { name?: string; email: string } => {
  const [, name, email] = addressed.exec(address) ?? [];
  return email ? { ...(name ? { name } : {}), email } : { email: address };
};

/** https://www.twilio.com/docs/sendgrid/api-reference/mail-send */
export const sendGridChannel = (key: string, from: string, at = 'https://api.sendgrid.com'): Channel => ({
  send: ({ tenantId, id, to, subject, text, replyTo }) =>
    posted(fetch, {
      url: `${at}/v3/mail/send`,
      headers: { 'authorization': `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        personalizations: [{ to: [{ email: to }], custom_args: { mail: id, tenant: tenantId } }],
        from: partsOf(from), ...(replyTo ? { reply_to: { email: replyTo } } : {}), subject,
        headers: { 'Message-ID': messageIdOf(tenantId, id) },
        content: [{ type: 'text/plain', value: text }, { type: 'text/html', value: htmlOf(text) }],
      }),
    }),
});

/** https://resend.com/docs/api-reference/emails/send-email; a key that comes again sends nothing again. */
export const resendChannel = (key: string, from: string, at = 'https://api.resend.com'): Channel => ({
  send: ({ tenantId, id, to, subject, text, replyTo }) =>
    posted(fetch, {
      url: `${at}/emails`, idempotent: true,
      headers: { 'authorization': `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify({
        from, to: [to], subject, text, html: htmlOf(text), ...(replyTo ? { reply_to: replyTo } : {}),
        headers: { 'Message-ID': messageIdOf(tenantId, id) },
        tags: [{ name: 'mail', value: id }, { name: 'tenant', value: tenantId }],
      }),
    }),
});
