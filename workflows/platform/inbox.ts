import { defineSignal, patched, setDefaultSignalHandler, setHandler, workflowInfo } from '@temporalio/workflow';
import type { platformVerbs } from '../../activities/platform/index.ts';
import { signalName, type AnyEvent } from '../../domain/platform/contract.ts';
import { verbs } from './verbs.ts';

const { parkInput } = verbs<typeof platformVerbs>();

/** An event contract, as far as a listener needs it. */
export type Heard = Pick<AnyEvent, 'name'>;
export interface Inbox {
  dirty: boolean;
  seen: number;
  /** When that was read, by the database's clock. */
  readAt?: number;
  rejected: string[];
  /** Of another version than ours: news, but none that we understand. */
  foreign: string[];
}

/** Events that a process knows are declared, so that ops read their names; the rest lands in the same place. */
export function listen(hears: readonly Heard[]): Inbox {
  const inbox: Inbox = { dirty: true, seen: 0, rejected: [], foreign: [] };
  const hear = (name: string, message: unknown): void => {
    const { seq, at, v } = (message ?? {}) as { seq?: unknown; at?: unknown; v?: unknown };
    if (typeof seq !== 'number') inbox.rejected.push(name);
    else if (v !== undefined && v !== 1) inbox.foreign.push(name);
    // A database restored from an older copy counts from a lower number again; what it records is newer all the same.
    const newer = typeof at === 'number' && inbox.readAt !== undefined && at > inbox.readAt;
    // An echo of what was already read costs no look; a forged seq costs one look and decides nothing.
    if (typeof seq !== 'number' || seq > inbox.seen || newer) inbox.dirty = true;
  };
  for (const { name } of hears) {
    setHandler(defineSignal<[unknown]>(signalName(name)), message => hear(signalName(name), message), {
      description: `The event ${name} was recorded; carries its number only, sent by the relay`,
    });
  }
  setDefaultSignalHandler((name, ...args) => hear(name, args[0]));
  return inbox;
}

let parked = 0;
/** However many have come: one row for each kind. A flood must not become as many steps of this process. */
export async function park(inbox: Inbox): Promise<void> {
  const rejected = inbox.rejected.splice(0);
  const foreign = inbox.foreign.splice(0);
  const { workflowId, runId } = workflowInfo();
  const note = (name: string, count?: number): Promise<unknown> =>
    parkInput({ workflowId, name: `${name}`.slice(0, 200), nth: `${runId}:${parked++}`, count });
  if (rejected.length + foreign.length > (foreign.length ? 0 : 1) && patched('2026-11-28-parked-together')) {
    for (const [name, count] of counted([...rejected, ...foreign])) await note(name, count);
  } else for (const name of rejected) await note(name);
}

/** How many kinds are named at most. */
const kindsMax = 20;

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    const kind = counts.has(name) || counts.size < kindsMax ? name : 'others';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
