import { z } from 'zod';

/** Why a sign-in by a provider ended without a session. */
export const SignInRefusal = z.enum([
  'cancelled',
  'expired',
  'provider-unknown',
  'provider-failed',
  'answer-not-trusted',
  'email-not-verified',
  'domain-not-allowed',
  'user-unknown',
  'user-not-active',
  'account-differs',
]);
export type SignInRefusal = z.output<typeof SignInRefusal>;

interface Words {
  title: string;
  text: string;
  /** Trying again may help. */
  again: boolean;
}
/** For the person who wanted to sign in: what happened, and who can help. */
export const refusalWords: Record<SignInRefusal, Words> = {
  cancelled: {
    title: 'You did not sign in',
    text: 'The sign-in was cancelled at the provider. Nothing has changed.',
    again: true,
  },
  expired: {
    title: 'This sign-in is too old',
    text: 'It took more than ten minutes, was finished already, or began in another browser. Please begin again.',
    again: true,
  },
  'provider-unknown': {
    title: 'This way to sign in is switched off',
    text: 'Your workspace does not use this provider any more. Sign in another way, or ask an administrator.',
    again: false,
  },
  'provider-failed': {
    title: 'The provider did not answer',
    text: 'It could not be reached, or answered with an error. Try again in a moment; it is not your password.',
    again: true,
  },
  'answer-not-trusted': {
    title: 'The provider’s answer cannot be trusted',
    text: 'It was not signed, addressed or dated as it must be, so nobody was signed in. Tell an administrator.',
    again: true,
  },
  'email-not-verified': {
    title: 'Your e-mail address is not verified',
    text: 'The provider does not say that the address is yours. Verify it there, then sign in again.',
    again: true,
  },
  'domain-not-allowed': {
    title: 'This account is not of your organisation',
    text: 'Only addresses of certain domains may sign in here. Choose your account at work.',
    again: true,
  },
  'user-unknown': {
    title: 'Nobody here has this address',
    text: 'The provider knows you, but this workspace does not. Ask an administrator to add you with this address.',
    again: true,
  },
  'user-not-active': {
    title: 'You cannot sign in at present',
    text: 'Your user is deactivated, or locked for some minutes after wrong attempts. An administrator can tell.',
    again: false,
  },
  'account-differs': {
    title: 'This is another account than before',
    text: 'Your user is linked to a different account of this provider. An administrator can undo the link.',
    again: true,
  },
};
