import { z } from 'zod';
import { endpoint } from '../contract.ts';
import { ById } from '../id.ts';
import { Tokens } from './session.ts';

/** Minutes between password and code. */
export const ticketMinutes = 5;

const Ticket = z.string().max(2000).meta({ description: 'As the refused sign-in gave it', example: '…' });
const Code = z
  .string()
  .trim()
  .min(1, 'must be the code of the app, or a recovery code')
  .max(50)
  .meta({ description: 'Six digits of the authenticator app, or a recovery code', example: '123456' });
const RecoveryCodes = z.array(z.string()).meta({ description: 'Each good once instead of a code; shown this once' });

export const SecondFactorState = z
  .object({
    enabled: z.boolean(),
    required: z.boolean().meta({ description: 'Whether the role makes it compulsory' }),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'SecondFactorState' });
export type SecondFactorState = z.output<typeof SecondFactorState>;

export const Enrolment = z
  .object({
    secret: z.string().meta({ description: 'In base32, to type into an authenticator app' }),
    uri: z.string().meta({ description: 'The same as an otpauth address, to show as a QR code' }),
  })
  .meta({ id: 'SecondFactorEnrolment' });
export type Enrolment = z.output<typeof Enrolment>;

const own = '/api/auth/second-factor';
const SecondFactorCode = z.object({ code: Code }).meta({ id: 'SecondFactorCode' });

/** Codes of an authenticator app besides the password (PLT-025). */
export const secondFactorEndpoints = {
  finishSignIn: endpoint({
    method: 'POST',
    path: '/api/auth/signin/second-factor',
    needs: 'anonymous',
    body: z.object({ ticket: Ticket, code: Code }).meta({ id: 'SignInCode' }),
    returns: Tokens.extend({ recoveryCodes: RecoveryCodes.optional() }).meta({ id: 'TokensAfterCode' }),
    summary: 'Second step of a sign-in that was refused with second-factor or second-factor-enrolment',
  }),
  enrolAtSignIn: endpoint({
    method: 'POST',
    path: '/api/auth/signin/enrolments',
    needs: 'anonymous',
    body: z.object({ ticket: Ticket }).meta({ id: 'SignInEnrolment' }),
    returns: Enrolment,
    summary: 'A secret for the app, where the role asks for a second factor and there is none yet',
  }),
  read: endpoint({
    method: 'GET',
    path: own,
    needs: 'signed-in',
    returns: SecondFactorState,
    summary: 'Whether I sign in with a second factor',
  }),
  enrol: endpoint({
    method: 'POST',
    path: own,
    needs: 'signed-in',
    returns: Enrolment,
    summary: 'A new secret for my app; it counts from its first code on',
  }),
  confirm: endpoint({
    method: 'POST',
    path: `${own}/confirm`,
    needs: 'signed-in',
    body: SecondFactorCode,
    returns: z.object({ recoveryCodes: RecoveryCodes }).meta({ id: 'RecoveryCodes' }),
    summary: 'The first code of the app: from now on sign-ins ask for one',
  }),
  remove: endpoint({
    method: 'POST',
    path: `${own}/removals`,
    needs: 'signed-in',
    body: SecondFactorCode,
    returns: z.object({}),
    status: 204,
    summary: 'Sign in with the password alone again; refused where the role asks for more',
  }),
  reset: endpoint({
    method: 'DELETE',
    path: '/api/admin/users/:id/second-factor',
    needs: 'user:manage',
    params: ById,
    returns: z.object({}),
    status: 204,
    summary: 'Forget the lost app of a user, whose sessions end',
  }),
};
