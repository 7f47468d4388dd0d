import { newKey } from '../client.ts';

/** Ends the session and leaves with a full load, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  await fetch('/api/auth/signout', { method: 'POST', headers: { 'idempotency-key': newKey() } }).catch(() => undefined);
  location.assign('/auth/signin');
}
