import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { readerOf } from '../../../db/platform/reader.ts';
import { resettable } from '../../../db/platform/identity/users.query.ts';
import { tenantBySlug } from '../../../db/platform/tenants.query.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { resetMinutes } from '../../../domain/platform/identity/password.contract.ts';
import { sealedBody } from '../mail/queue-mail.ts';
import { systemActor, type Origin } from '../system-actor.ts';
import { run } from '../verb.ts';
import { requestPasswordReset, resetPassword } from './change-password.ts';
import { hashPassword } from './password.ts';
import { hashOf, newSecret, resetToken } from './tokens.ts';

type From = Origin & { requestId?: string | undefined };
const answerStepMs = 250;

/** Mails a link to who is known and active. It takes as long for who is not (PLT-028). */
export async function askForReset(
  asked: { tenant: string; username: string; origin: string },
  from: From,
): Promise<void> {
  const begun = performance.now();
  try {
    await sendLink(asked, from);
  } finally {
    await setTimeout(answerStepMs - ((performance.now() - begun) % answerStepMs));
  }
}

async function sendLink(
  { tenant, username, origin }: { tenant: string; username: string; origin: string },
  { requestId, ...from }: From,
): Promise<void> {
  const home = await tenantBySlug(tenant);
  const known = home && (await resettable(readerOf(home.id), username));
  if (!home || !known) return;
  const secret = newSecret();
  const id = randomUUID();
  const link = `${origin}/auth/new-password#${resetToken.write({ tenantId: home.id, secret })}`;
  const mail = {
    id,
    toAddress: known.email,
    subject: 'A new password for Throughline',
    bodyCipher: sealedBody(home.id, id, textOf(known.name, link)),
  };
  await run(
    requestPasswordReset,
    { userId: known.id, tokenHash: hashOf(secret), mail },
    { actor: systemActor(home.id, from), requestId },
  );
}

const textOf = (name: string, link: string): string => `Hello ${name},

somebody, probably you, asked for a new password. Set it here within ${resetMinutes} minutes:

${link}

If it was not you, leave this mail alone: your password stays as it is.
`;

/** Sets the password by the token of a mailed link, or refuses with 410. */
export async function resetByLink(
  { token, newPassword }: { token: string; newPassword: string },
  { requestId, ...from }: From,
): Promise<void> {
  const kept = resetToken.read(token);
  if (!kept) throw notGood();
  const newPasswordHash = await hashPassword(newPassword);
  const actor = systemActor(kept.tenantId, from);
  const { done } = await run(resetPassword, { tokenHash: hashOf(kept.secret), newPasswordHash }, { actor, requestId });
  if (!done) throw notGood();
}

const notGood = (): Refusal =>
  new Refusal('gone', 'This link is not good any more: ask for a new one', { reason: 'link-expired' });
