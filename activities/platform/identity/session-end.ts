import { Session } from '../../../db/platform/identity/session.entity.ts';
import { sessionsEnded } from '../../../domain/platform/identity/sign-in-entry.contract.ts';
import type { VerbContext } from '../verb.ts';

interface Which {
  userId: string;
  only?: string | undefined;
  except?: string | null | undefined;
}

/** Ends open sessions of a user: refused from the next request on, their streams closed. Answers which they were. */
export async function endSessionsOf(
  { em, emit }: Pick<VerbContext, 'em' | 'emit'>,
  { userId, only, except }: Which,
  reason: string,
): Promise<string[]> {
  const open = await em.find(Session, { userId, revokedAt: null, ...(only === undefined ? {} : { id: only }) });
  const ending = open.filter(session => session.id !== except);
  // A session lives in the machine's time, as its tokens do.
  for (const session of ending) session.revokedAt = new Date();
  const sessionIds = ending.map(session => session.id);
  if (sessionIds.length) emit(sessionsEnded, { userId, sessionIds, reason });
  return sessionIds;
}
