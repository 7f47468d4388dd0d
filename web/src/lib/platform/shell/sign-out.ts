import { sessionEndpoints } from '#domain/platform/identity/session.contract.ts';
import { call } from '../client.ts';
import { showProblem } from '../problem.ts';

/** Ends the session and leaves with a full load, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  try {
    await call(sessionEndpoints.signOut, {});
    location.assign('/auth/signin');
  } catch (failure) {
    showProblem(failure);
  }
}
