import { readerOf } from '../../../../db/platform/reader.ts';
import { secondFactorOf, type SecondFactorRow } from '../../../../db/platform/identity/second-factor.query.ts';
import { secrets } from '../../secret-box.ts';
import { systemActor, type Origin } from '../../system-actor.ts';
import { run } from '../../verb.ts';
import { evenly, opened, type SignedIn } from '../sign-in.ts';
import { newSecret } from '../tokens.ts';
import { enrolSecondFactor } from './enrol-second-factor.ts';
import type { ProvenCode } from './take-code.ts';
import { proofOf, type Ticket } from './ticket.ts';
import { recoveryCodesOf, recoveryHashOf, secretOf, stepOf, uriOf } from './totp.ts';

type From = Origin & { requestId?: string | undefined };

/** The cipher text of a secret is good in its user's row alone. */
const contextOf = (tenantId: string, userId: string): string => `second-factor ${tenantId} ${userId}`;

/** What a code is, compared outside the transaction that takes it. */
export function provenCode(
  { secretCipher }: Pick<SecondFactorRow, 'secretCipher'>,
  code: string,
  who: { tenantId: string; userId: string },
): ProvenCode {
  const plain = secretCipher && secrets().open(secretCipher, contextOf(who.tenantId, who.userId));
  const step = plain ? stepOf(plain, code.replaceAll(' ', '')) : null;
  return { secretCipher, step, recoveryHash: step === null ? recoveryHashOf(code) : null };
}

/** A new secret for an app, as its user sees it and as it is kept. */
export function newApp(seed: string, label: string, who: { tenantId: string; userId: string }) {
  const secret = secretOf(seed);
  const secretCipher = secrets().seal(secret, contextOf(who.tenantId, who.userId));
  return { shown: { secret, uri: uriOf(secret, label) }, secretCipher };
}

/** The user of a ticket, unless the password was changed since. */
async function ticketHolder({ tenantId, userId, proof }: Ticket): Promise<SecondFactorRow | null> {
  const known = await secondFactorOf(readerOf(tenantId), userId);
  if (!known || (proof !== null && (known.passwordHash === null || proofOf(known.passwordHash) !== proof))) return null;
  return known;
}

/** A secret for who must have an app before the first session; null where the ticket is not for that. */
export async function enrolAtSignIn(ticket: Ticket, { requestId, ...from }: From) {
  const known = await ticketHolder(ticket);
  if (!known || known.confirmed || !known.required) return null;
  const { tenantId, userId } = ticket;
  const { shown, secretCipher } = newApp(newSecret(), known.username, ticket);
  const person = { kind: 'user' as const, userId, key: `user:${userId}`, name: known.name };
  const actor = { ...systemActor(tenantId, from), ...person };
  await run(enrolSecondFactor, { secretCipher }, { actor, requestId });
  return shown;
}

/** The second step of a sign-in; null of a wrong code, of one that was used, and while the user is locked. */
export const finishSignIn = (
  ticket: Ticket,
  code: string,
  from: From,
): Promise<(SignedIn & { recoveryCodes?: string[] }) | null> =>
  evenly(async () => {
    const known = await ticketHolder(ticket);
    if (!known) return null;
    const { tenantId, userId } = ticket;
    const recoveryCodes = known.confirmed ? null : recoveryCodesOf(newSecret());
    const second = { proven: provenCode(known, code, ticket), enrols: recoveryCodes?.map(recoveryHashOf) ?? null };
    const attempt = {
      ...{ tenantId, userId, username: known.username, freshHash: null, second },
      ...(ticket.proof === null
        ? { provenHash: null, vouchedFor: 'a provider' }
        : { provenHash: known.passwordHash }),
    };
    const answer = await opened(attempt, from);
    if (!answer || 'wants' in answer) return null;
    return { ...answer, ...(recoveryCodes ? { recoveryCodes } : {}) };
  });
