import { readdirSync, readFileSync } from 'node:fs';
import type { Program, Rig } from './rig.ts';

/** Megabytes that each of these has in memory for itself, by name; a server of many processes is their sum. */
export type Memory = Record<string, number>;

export function memoryOf(rig: Pick<Rig, 'servers'>, programs: Record<string, Pick<Program, 'pid'>>): Memory {
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

/** How many processors each of them kept busy, and the whole machine, since it was asked before. */
export function processorsOf(rig: Rig, programs: Record<string, Program>): () => Record<string, number> {
  const used = (): Record<string, number> => ({
    ...Object.fromEntries(Object.entries(programs).map(([name, { pid }]) => [name, ticksOf(pid)])),
    ...Object.fromEntries(
      Object.entries(rig.servers).map(([name, pid]) => [
        name,
        [pid, ...childrenOf(pid)].reduce((sum, each) => sum + ticksOf(each), ticksOfEnded(pid)),
      ]),
    ),
    'the whole machine': ticksOfMachine(),
  });
  const [before, began] = [used(), performance.now()];
  return () => {
    const ticks = ((performance.now() - began) / 1000) * ticksPerSecond;
    return Object.fromEntries(Object.entries(used()).map(([name, now]) => [name, (now - before[name]!) / ticks]));
  };
}

/** Of Linux on each of its machines, as its own tools take for granted too. */
const ticksPerSecond = 100;

function ticksOf(pid: number): number {
  const [, ...fields] = statOf(pid);
  return fields.length ? Number(fields[10]) + Number(fields[11]) : 0;
}

/** Of its children that have ended: a server has a process for each connection. */
function ticksOfEnded(pid: number): number {
  const [, ...fields] = statOf(pid);
  return fields.length ? Number(fields[12]) + Number(fields[13]) : 0;
}

/** All that is not idle. */
function ticksOfMachine(): number {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split(/\s+/, 9).slice(1).map(Number);
  return user! + nice! + system! + (irq ?? 0) + (softirq ?? 0);
}

export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(other => parentOf(other) === pid);
}

function parentOf(pid: number): number | undefined {
  const parent = statOf(pid)[1];
  return parent === undefined ? undefined : Number(parent);
}

/** From its state on; nothing of one that has ended meanwhile. */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
