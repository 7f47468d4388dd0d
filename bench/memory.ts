import { readdirSync, readFileSync } from 'node:fs';
import type { Program, Rig } from './rig.ts';

/** Megabytes that each of these has in memory for itself, by name; a server of many processes is their sum. */
export type Memory = Record<string, number>;

export function memoryOf(rig: Rig, programs: Record<string, Program>): Memory {
  const own = Object.entries(programs).map(([name, { pid }]): [string, number] => [name, megabytes(pid)]);
  const servers = Object.entries(rig.servers).map(([name, pid]): [string, number] => [
    name,
    [pid, ...childrenOf(pid)].reduce((sum, each) => sum + megabytes(each), 0),
  ]);
  return Object.fromEntries([...own, ...servers]);
}

/** Its share of what several processes have in common is counted once: PostgreSQL's backends share their buffers. */
function megabytes(pid: number): number {
  try {
    const kB = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kB ?? 0) / 1024;
  } catch {
    return 0; // It has ended meanwhile.
  }
}

export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(other => parentOf(other) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
