import type { MailState, ReportedState } from '../../../../domain/platform/mail.ts';

/** A message as a channel sends it; tried again it has the same id. */
export interface Outgoing {
  tenantId: string;
  id: string;
  to: string;
  subject: string;
  text: string;
  /** The page of what it is about, from `/`. */
  page?: string | null;
  replyTo: string | null;
}
export interface Outcome {
  status: Exclude<MailState, 'queued' | 'sending' | ReportedState>;
  problem: string | null;
}

/**
 * One way to send a message. It throws only while trying again can do no harm: the message was not handed over, or
 * whoever got it knows it by its id.
 */
export interface Channel {
  send(message: Outgoing): Promise<Outcome>;
}

export const sent: Outcome = { status: 'sent', problem: null };
export const without = (what: string): Channel => ({
  send: () => Promise.resolve({ status: 'not-sent', problem: `${what} is not set` }),
});

/** With the whole addresses of what it speaks of, for whoever reads it elsewhere; none where ORIGIN is not set. */
export const leadingTo = (channel: Channel, origin: string | undefined): Channel => {
  if (!origin) return channel;
  const home = origin.replace(/\/+$/, '');
  return {
    send: ({ page, ...message }) => {
      const text = message.text.replaceAll(/(?<=\s)\/api\/files\//g, `${home}/api/files/`);
      return channel.send({ ...message, text: page ? `${text}\n\n${home}${page}` : text });
    },
  };
};
