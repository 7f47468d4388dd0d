/**
 * What became of a mail. `not-sent`: there is no mail server to send it by; `refused`: the server will not take it;
 * `unknown`: the connection broke after the text was handed over, so that it may have been sent.
 */
export const mailStates = ['queued', 'sending', 'sent', 'not-sent', 'refused', 'unknown'] as const;
export type MailState = (typeof mailStates)[number];
