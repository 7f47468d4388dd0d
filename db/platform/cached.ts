import pg from 'pg';
import { z } from 'zod';

/** Of whom a value is, and what it is made of. */
export interface CacheKey {
  tenantId: string;
  /** The record in whose story the changes happen that make it out of date; without one, any change of the tenant. */
  storyId?: string;
  /** Beginnings of the names of the events that make it out of date, where not every change does. */
  follows?: readonly string[];
  name: string;
  /** What else it depends on, such as the query and the reader's reach. */
  of?: unknown;
}
interface Entry extends Pick<CacheKey, 'storyId' | 'follows'> {
  until: number;
  value: Promise<unknown>;
  /** What it counts for: one, and one more for every ten rows of a list. */
  weight: number;
}

const weightMax = 5_000,
  listenAgainMs = 1_000;

/** By tenant. */
let kept = new Map<string, Map<string, Entry>>();
let weight = 0;
/** Only a process that hears of the others' changes may keep anything. */
let hears = false;

/**
 * What `load` answered not longer than `seconds` ago, unless something changed since (PLT-101). A value that is being
 * read when a change arrives is for those who asked before, and not kept.
 */
export async function cached<T>(key: CacheKey, seconds: number, load: () => Promise<T>): Promise<T> {
  if (!hears) return load();
  const { storyId, follows } = key;
  const name = JSON.stringify([key.name, storyId, key.of]);
  const known = kept.get(key.tenantId)?.get(name);
  if (known && known.until > performance.now()) return known.value as Promise<T>;
  const value = load();
  const entry: Entry = { storyId, follows, until: performance.now() + seconds * 1000, value, weight: 1 };
  keep(key.tenantId, name, entry);
  value.then(
    answer => weigh(entry, answer),
    () => drop(key.tenantId, name, entry),
  );
  return value;
}

function keep(tenantId: string, name: string, entry: Entry): void {
  const own = kept.get(tenantId) ?? new Map<string, Entry>();
  kept.set(tenantId, own);
  const before = own.get(name);
  if (before) drop(tenantId, name, before);
  kept.set(tenantId, own.set(name, entry));
  add(entry.weight);
}

function weigh(entry: Entry, answer: unknown): void {
  const { items } = Object(answer) as { items?: unknown };
  const rows = Array.isArray(items) ? items.length / 10 : 0;
  if (entry.weight === 0) return;
  entry.weight += rows;
  add(rows);
}

function add(more: number): void {
  weight += more;
  if (weight > weightMax) forgetAll();
}

function drop(tenantId: string, name: string, entry: Entry): void {
  if (kept.get(tenantId)?.get(name) !== entry) return;
  kept.get(tenantId)!.delete(name);
  weight -= entry.weight;
  entry.weight = 0;
}

/** What a change is: the stories that it belongs to and the names of its events; without them it may be any. */
export interface Change {
  stories?: readonly string[] | undefined;
  names?: readonly string[] | undefined;
}

/** Something happened in the tenant. */
export function forget(tenantId: string, change: Change = {}): void {
  for (const [name, entry] of kept.get(tenantId) ?? []) if (concerns(change, entry)) drop(tenantId, name, entry);
}

function concerns({ stories, names }: Change, { storyId, follows }: Entry): boolean {
  if (storyId !== undefined) return stories?.includes(storyId) ?? true;
  if (follows === undefined || names === undefined) return true;
  return names.some(name => follows.some(beginning => name.startsWith(beginning)));
}

function forgetAll(): void {
  for (const entries of kept.values()) for (const entry of entries.values()) entry.weight = 0;
  kept = new Map();
  weight = 0;
}

/** The channel on which a commit tells every process whose stories it wrote; see `changeNote`. */
const channel = 'changed';
const Note = z.tuple([z.string()], z.string());
/** PostgreSQL carries at most 8,000 bytes. */
const storiesMax = 100,
  namesMax = 30;
/** Before the name of an event, among the ids of the stories. */
const named = 'event:';

/** What to notify in the transaction of a change. */
export function changeNote(
  tenantId: string, stories: readonly string[], names: readonly string[],
): { channel: string; text: string } {
  const told = names.length > namesMax ? [] : names.map(name => `${named}${name}`);
  return { channel, text: JSON.stringify([tenantId, ...told, ...(stories.length > storiesMax ? [] : stories)]) };
}

/** What a note says; a part that was too much to say may be anything. */
function changeOf(parts: readonly string[]): Change {
  const names = parts.filter(part => part.startsWith(named)).map(part => part.slice(named.length));
  const stories = parts.filter(part => !part.startsWith(named));
  return { stories: stories.length ? stories : undefined, names: names.length ? names : undefined };
}

export interface ChangeListener {
  close(): Promise<void>;
}

/** From now on values are kept, until a process of the installation changes what they are made of. */
export async function hearChanges(connectionString: string): Promise<ChangeListener> {
  let closed = false,
    timer: NodeJS.Timeout | undefined,
    client: pg.Client | undefined;
  const listen = async (): Promise<void> => {
    const own = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 2_000 });
    client = own;
    const lost = (): void => {
      if (client !== own) return;
      client = undefined;
      hears = false;
      forgetAll();
      own.end().catch(() => {});
      if (!closed) timer = setTimeout(() => void listen(), listenAgainMs).unref();
    };
    own.on('error', lost).on('end', lost).on('notification', ({ payload = '' }) => {
      const [tenantId, ...parts] = Note.parse(JSON.parse(payload));
      forget(tenantId, changeOf(parts));
    });
    try {
      await own.connect();
      await own.query(`listen ${channel}`);
      hears = !closed;
    } catch {
      lost();
    }
  };
  await listen();
  return {
    close: async () => {
      closed = true;
      hears = false;
      clearTimeout(timer);
      forgetAll();
      const last = client;
      client = undefined;
      await last?.end().catch(() => {});
    },
  };
}
