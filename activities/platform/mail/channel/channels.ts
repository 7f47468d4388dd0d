import type { Config } from '../../../../db/platform/config.ts';
import type { ChannelName } from '../../../../domain/platform/notification/channel.ts';
import { leadingTo, without, type Channel } from './channel.ts';
import { resendChannel, sendGridChannel } from './mail-services.client.ts';
import { slackChannel, twilioChannel, webhookChannel } from './message-services.client.ts';
import { smtpChannel } from './smtp.client.ts';

export type Channels = Record<ChannelName, Channel>;

/** What the configuration sends by: mails by a service whose key is set, else by the mail server. */
export function channelsOf(config: Config): Channels {
  const privateNetworks = config.PRIVATE_NETWORKS === 'allow';
  const leading = (channel: Channel): Channel => leadingTo(channel, config.ORIGIN);
  return {
    email: leading(mailChannel(config)), sms: leading(smsChannel(config)),
    slack: leading(slackChannel(privateNetworks)), webhook: webhookChannel(privateNetworks),
  };
}

type MailConfig = Pick<Config, 'MAIL_FROM'> & Partial<Pick<Config, 'SMTP_URL' | 'SENDGRID_API_KEY' | 'RESEND_API_KEY'>>;
const noMail = without('There is no mail server: SMTP_URL');
export function mailChannel({ SMTP_URL, MAIL_FROM, SENDGRID_API_KEY, RESEND_API_KEY }: MailConfig): Channel {
  if (SENDGRID_API_KEY) return sendGridChannel(SENDGRID_API_KEY, MAIL_FROM);
  if (RESEND_API_KEY) return resendChannel(RESEND_API_KEY, MAIL_FROM);
  return SMTP_URL ? smtpChannel(SMTP_URL, MAIL_FROM) : noMail;
}

function smsChannel({ TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM }: Config): Channel {
  return TWILIO_ACCOUNT_SID && TWILIO_AUTH_TOKEN && TWILIO_FROM
    ? twilioChannel({ accountSid: TWILIO_ACCOUNT_SID, authToken: TWILIO_AUTH_TOKEN, from: TWILIO_FROM })
    : without('There is nothing to send text messages by: TWILIO_ACCOUNT_SID');
}

let current: Partial<Channels> = {};
/** Set once by main of the worker. */
export const setChannels = (to: Partial<Channels>): Partial<Channels> => (current = to);
export const channelFor = (name: ChannelName): Channel => current[name] ?? noMail;
