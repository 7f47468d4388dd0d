import { AsyncLocalStorage } from 'node:async_hooks';

/** One row written: what the audit log needs of it. */
export interface Change {
  action: 'CREATE' | 'UPDATE' | 'DELETE';
  tableName: string;
  recordId: string | null;
  oldValues: Record<string, unknown> | null;
  newValues: Record<string, unknown> | null;
}

/** Who writes and when: what the columns set by the server are filled from (PLT-004); collects what was written. */
export interface Stamp { tenantId: string; userId: string | null; now: number; changes: Change[] }

/** Entered by `verb` around each transaction; nobody else writes. */
export const stamps = new AsyncLocalStorage<Stamp>();

export function stamp(): Stamp {
  const current = stamps.getStore();
  if (!current) throw new Error('An entity was written outside a verb');
  return current;
}
