import type { Operations } from '#domain/platform/operations/operations.contract.ts';
import type { ProcessStatus } from '#domain/platform/process.ts';
import type { z } from 'zod';

type Status = z.output<typeof ProcessStatus>;
export interface TypeRow {
  type: string;
  counts: Record<Status, number>;
  stuck: number;
}

const none: Record<Status, number> = { starting: 0, waiting: 0, running: 0, failed: 0, closed: 0 };

/** The counts as one row for each type of process. */
export function byType(counts: Operations['processes']): TypeRow[] {
  const rows = new Map<string, TypeRow>();
  for (const { type, status, count, stuck } of counts) {
    const row = rows.get(type) ?? { type, counts: { ...none }, stuck: 0 };
    row.counts[status] += count;
    row.stuck += stuck;
    rows.set(type, row);
  }
  return [...rows.values()];
}

const openOnes = ['starting', 'waiting', 'running', 'failed'] as const;
export const openCount = (rows: readonly TypeRow[]): number =>
  rows.reduce((sum, { counts }) => sum + openOnes.reduce((n, status) => n + counts[status], 0), 0);

/** "on time", "3 s behind", "2 min behind". */
export function lagText({ waiting, oldestSeconds }: Operations['relay']): string {
  if (waiting === 0) return 'all delivered';
  const behind = Math.round(oldestSeconds);
  return behind < 90 ? `oldest ${behind} s` : `oldest ${Math.round(behind / 60)} min`;
}

/** A lag of more than this asks for somebody. */
export const lagMaxSeconds = 30;

/** What the two sides say of a process, in words. */
export const stateWord = (state: string): string => state.toLowerCase().replaceAll('_', ' ');
