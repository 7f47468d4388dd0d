import { AsyncLocalStorage } from 'node:async_hooks';

/** Who writes and when: what the columns set by the server are filled from (PLT-004). */
export interface Stamp { tenantId: string; userId: string | null; now: number }

/** Entered by `verb` around each transaction; nobody else writes. */
export const stamps = new AsyncLocalStorage<Stamp>();

export function stamp(): Stamp {
  const current = stamps.getStore();
  if (!current) throw new Error('An entity was written outside a verb');
  return current;
}
