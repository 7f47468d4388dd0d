import { guardedFetch } from '../../guarded-fetch.ts';
import type { Channel } from './channel.ts';
import { posted } from './posted.ts';

export interface Twilio {
  accountSid: string;
  authToken: string;
  /** A number of one's own, or a messaging service `MG…`. */
  from: string;
  at?: string;
}
/** The longest text that Twilio takes. */
const smsMax = 1600;

/** https://www.twilio.com/docs/messaging/api/message-resource */
export const twilioChannel = ({ accountSid, authToken, from, at = 'https://api.twilio.com' }: Twilio): Channel => ({
  send: ({ to, subject, text }) =>
    posted(fetch, {
      url: `${at}/2010-04-01/Accounts/${accountSid}/Messages.json`,
      headers: {
        'authorization': `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        To: to, Body: `${subject}\n${text}`.slice(0, smsMax),
        ...(from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }),
      }).toString(),
    }),
});

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** https://docs.slack.dev/messaging/formatting-message-text: three characters mean something. */
const slackText = (text: string): string => text.replace(/[&<>]/g, c => entities[c]!);

/** An incoming webhook of Slack, or of what speaks as it does. */
export const slackChannel = (privateNetworks: boolean): Channel => ({
  send: ({ to, subject, text }) =>
    posted(guardedFetch(privateNetworks), {
      url: to,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: `*${slackText(subject)}*\n${slackText(text)}` }),
    }),
});

/** An address that somebody entered for themselves; by its id it knows what comes twice. */
export const webhookChannel = (privateNetworks: boolean): Channel => ({
  send: ({ id, to, subject, text }) =>
    posted(guardedFetch(privateNetworks), {
      url: to, idempotent: true,
      headers: { 'content-type': 'application/json', 'webhook-id': id },
      body: JSON.stringify({ type: 'notification', id, subject, text }),
    }),
});
