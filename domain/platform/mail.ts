/**
 * What became of a message. `not-sent`: there is nothing to send it by; `refused`: it was not taken, and never will be;
 * `unknown`: the connection broke after the text was handed over, so that it may have been sent. `delivered` and
 * `bounced` are reported afterwards by whoever took it.
 */
export const mailStates = [
  'queued', 'sending', 'sent', 'not-sent', 'refused', 'unknown', 'delivered', 'bounced',
] as const;
export type MailState = (typeof mailStates)[number];
/** What is reported of a message that was handed over. */
export const reportedStates = ['delivered', 'bounced'] as const;
export type ReportedState = (typeof reportedStates)[number];
