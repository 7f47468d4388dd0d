import { z } from 'zod';
import { Id } from '../id.ts';

/** The lives of credentials, in the machine's time. */
export const accessTokenMinutes = 15,
  sessionDays = 30;
/** Wrong passwords in a row that lock a user, and for how long (PLT-028). */
export const wrongPasswordsMax = 10,
  lockMinutes = 15;

const secret = z.string().max(1000);
/** Missing fields are wrong credentials, not a wrong request (PLT-016). */
export const SignIn = z
  .object({
    username: secret.optional(),
    password: secret.optional(),
    tenant: z
      .string()
      .max(63)
      .optional()
      .meta({ description: 'Slug of the tenant; the default tenant without it', example: 'demo' }),
  })
  .meta({ id: 'SignIn', example: { username: 'manager', password: '…' } });

export const SignedInUser = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    role: z.string(),
    tenantId: Id,
  })
  .meta({ id: 'SignedInUser' });
export type SignedInUser = z.output<typeof SignedInUser>;

export const Tokens = z
  .object({
    accessToken: z.string().meta({ description: `Bearer token, good for ${accessTokenMinutes} minutes` }),
    refreshToken: z.string().meta({ description: 'Good once, for new tokens; used twice it ends the session' }),
    user: SignedInUser,
  })
  .meta({ id: 'Tokens' });
export type Tokens = z.output<typeof Tokens>;

export const Refresh = z.object({ refreshToken: secret.optional() }).meta({ id: 'Refresh' });

/** Who is signed in, where, and what they may do. */
export const Session = SignedInUser.extend({
  user: SignedInUser,
  permissions: z.array(z.object({ subject: z.string(), action: z.string(), scope: z.enum(['all', 'own', 'team']) })),
  tenant: z.object({
    id: Id,
    name: z.string(),
    slug: z.string(),
    timeZone: z.string(),
    sandbox: z.boolean(),
    currency: z.string(),
    accent: z.string().nullable(),
    logoText: z.string().nullable(),
  }),
  clock: z
    .object({ offsetMs: z.int(), frozenAt: z.int().nullable() })
    .meta({ description: 'The tenant’s time against the machine’s' }),
  position: z.int().meta({ description: 'The newest event; a stream that begins after it misses nothing read since' }),
}).meta({ id: 'Session' });

/** What the database keeps of a user's sign-in attempts; instants in milliseconds of the machine's time. */
export interface SignInFacts {
  active: boolean;
  failedSignIns: number;
  lockedUntil: number | null;
}
export type SignInTry = SignInFacts & { accepted: boolean };

/** The outcome of one attempt, and what is to be kept. A locked user is refused even with the right password. */
export function tryToSignIn(facts: SignInFacts, proven: boolean, now: number): SignInTry {
  const locked = facts.lockedUntil !== null && facts.lockedUntil > now;
  if (!facts.active || locked) return { ...facts, accepted: false };
  if (proven) return { active: true, failedSignIns: 0, lockedUntil: null, accepted: true };
  const failed = facts.failedSignIns + 1;
  return failed < wrongPasswordsMax
    ? { active: true, failedSignIns: failed, lockedUntil: null, accepted: false }
    : { active: true, failedSignIns: 0, lockedUntil: now + lockMinutes * 60_000, accepted: false };
}
