import pg from 'pg';
import { z } from 'zod';

/** Of whom a value is, and what it is made of. */
export interface CacheKey {
  tenantId: string;
  /** The record in whose story the changes happen that make it out of date; without one, any change of the tenant. */
  storyId?: string;
  name: string;
  /** What else it depends on, such as the query and the reader's reach. */
  of?: unknown;
}
interface Entry {
  storyId: string | undefined;
  until: number;
  value: Promise<unknown>;
}

const entriesMax = 5_000,
  listenAgainMs = 1_000;

/** By tenant. */
let kept = new Map<string, Map<string, Entry>>();
let count = 0;
/** Only a process that hears of the others' changes may keep anything. */
let hears = false;

/**
 * What `load` answered not longer than `seconds` ago, unless something changed since (PLT-101). A value that is being
 * read when a change arrives is for those who asked before, and not kept.
 */
export async function cached<T>(key: CacheKey, seconds: number, load: () => Promise<T>): Promise<T> {
  if (!hears) return load();
  const name = JSON.stringify([key.name, key.storyId, key.of]);
  const known = kept.get(key.tenantId)?.get(name);
  if (known && known.until > performance.now()) return known.value as Promise<T>;
  const value = load();
  const entry = { storyId: key.storyId, until: performance.now() + seconds * 1000, value };
  keep(key.tenantId, name, entry);
  value.catch(() => drop(key.tenantId, name, entry));
  return value;
}

function keep(tenantId: string, name: string, entry: Entry): void {
  if (count >= entriesMax) forgetAll();
  const own = kept.get(tenantId) ?? new Map<string, Entry>();
  kept.set(tenantId, own);
  if (!own.has(name)) count += 1;
  own.set(name, entry);
}

function drop(tenantId: string, name: string, entry: Entry): void {
  if (kept.get(tenantId)?.get(name) !== entry) return;
  kept.get(tenantId)!.delete(name);
  count -= 1;
}

/** Something happened in these stories of the tenant; without stories, in any. */
export function forget(tenantId: string, storyIds?: readonly string[]): void {
  for (const [name, entry] of kept.get(tenantId) ?? [])
    if (!storyIds || entry.storyId === undefined || storyIds.includes(entry.storyId)) drop(tenantId, name, entry);
}

function forgetAll(): void {
  kept = new Map();
  count = 0;
}

/** The channel on which a commit tells every process whose stories it wrote; see `changeNote`. */
const channel = 'changed';
const Note = z.tuple([z.string()], z.string());
/** PostgreSQL carries at most 8,000 bytes. */
const storiesMax = 100;

/** What to notify in the transaction of a change. */
export const changeNote = (tenantId: string, storyIds: readonly string[]): { channel: string; text: string } => ({
  channel,
  text: JSON.stringify([tenantId, ...(storyIds.length > storiesMax ? [] : storyIds)]),
});

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
      const [tenantId, ...stories] = Note.parse(JSON.parse(payload));
      forget(tenantId, stories.length ? stories : undefined);
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
