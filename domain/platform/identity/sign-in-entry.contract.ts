import { z } from 'zod';
import { endpoint, event } from '../contract.ts';
import { ById, Id } from '../id.ts';
import { SignInEntry } from './sign-in-entry.ts';

const own = '/api/auth/sessions';
const ofUser = '/api/admin/users/:id/sessions';
const Entries = z.object({ items: z.array(SignInEntry) }).meta({ id: 'SignInEntries' });
const Ended = z.object({ ended: z.int().min(0) }).meta({ id: 'SessionsEnded' });
const gone = { method: 'DELETE', returns: z.object({}), status: 204 } as const;

/** Where somebody is signed in, and how it is ended: everybody their own, administrators anybody's (PLT-020). */
export const signInEntryEndpoints = {
  mine: endpoint({
    method: 'GET',
    path: own,
    needs: 'signed-in',
    returns: Entries,
    summary: 'Where I am signed in, the last used first',
  }),
  endOthers: endpoint({
    method: 'DELETE',
    path: own,
    needs: 'signed-in',
    returns: Ended,
    summary: 'End all of my sessions but the one that asks',
  }),
  endMine: endpoint({
    ...gone,
    path: `${own}/:id`,
    needs: 'signed-in',
    params: ById,
    summary: 'End one of my sessions at once',
  }),
  ofUser: endpoint({
    method: 'GET',
    path: ofUser,
    needs: 'user:manage',
    params: ById,
    returns: Entries,
    summary: 'Where a user is signed in',
  }),
  endAllOfUser: endpoint({
    method: 'DELETE',
    path: ofUser,
    needs: 'user:manage',
    params: ById,
    returns: Ended,
    summary: 'Sign a user out everywhere',
  }),
  endOfUser: endpoint({
    ...gone,
    path: `${ofUser}/:sessionId`,
    needs: 'user:manage',
    params: ById.extend({ sessionId: Id }),
    summary: 'End one session of a user at once',
  }),
};

/** Streams and pages of an ended session close at once; other pages of the user show it. */
export const sessionsEnded = event({
  name: 'platform.sessions.ended',
  payload: z.object({ userId: Id, sessionIds: z.array(Id).min(1), reason: z.string() }),
  entity: p => p.userId,
  concerns: p => [p.userId],
  says: p => `ended ${p.sessionIds.length === 1 ? 'a session' : `${p.sessionIds.length} sessions`}: ${p.reason}`,
});
