import { messageIdOf } from '../../../../domain/platform/mail/delivery-report.ts';
import { htmlOf } from '../../../../domain/platform/mail/placeholder.ts';
import { sent, type Channel, type Outcome } from './channel.ts';

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** A mail server. */
export const smtpChannel = (url: string, from: string): Channel => ({
  async send({ tenantId, id, to, subject, text, replyTo }) {
    // Loaded for the first mail: not all programs send some, and it is felt at each start.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({ url, ...timeouts });
    try {
      // Apart from the sending, so that what fails here is known to have handed nothing over.
      await transport.verify();
      // Its id is its own: a server that gets it twice may see that.
      const message = {
        from, to, subject, text, html: htmlOf(text), messageId: messageIdOf(tenantId, id),
        ...(replyTo ? { replyTo } : {}),
      };
      return await transport.sendMail(message).then(() => sent, outcomeOf);
    } finally {
      transport.close();
    }
  },
});

/** A refusal for good, or an unknown end; whatever is worth another try is thrown on. */
function outcomeOf(e: Error & { responseCode?: number; syscall?: string }): Outcome {
  if (e.responseCode === undefined)
    return e.syscall === 'connect' ? again(e) : { status: 'unknown', problem: e.message };
  return e.responseCode >= 500 ? { status: 'refused', problem: e.message } : again(e);
}
const again = (e: Error): never => {
  throw e;
};
