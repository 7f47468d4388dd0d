import { getContext, setContext } from 'svelte';
import type { EventView } from '#domain/platform/event.contract.ts';
import type { QueryClient } from '@tanstack/svelte-query';

/** One event as the stream tells it. */
export type LiveEvent = EventView;

/** `away`: nothing heard for a while; what is shown may be old. */
export type LiveState = 'connecting' | 'live' | 'away';

const quietMs = 30_000;
const waitMaxMs = 15_000;

/**
 * Hears what others do and marks what it changes as old. Read with fetch instead of EventSource: events carry their
 * own names, and a refused connection must be told from a lost one. Resumes where it stopped by Last-Event-ID.
 */
export class Live {
  state = $state<LiveState>('connecting');
  readonly #client: QueryClient;
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  #position: string;
  #stop: AbortController | null = null;
  #waitMs = 500;
  #batch: LiveEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `position` is the newest event known before anything was read: what happened meanwhile is heard at once. */
  constructor(client: QueryClient, position: number) {
    this.#client = client;
    this.#position = String(position);
  }

  /** Connects while the page is seen; returns how to end it. */
  run(): () => void {
    let hidden: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(hidden);
      if (document.visibilityState === 'visible') this.#connect();
      else hidden = setTimeout(() => this.#disconnect(), quietMs);
    };
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(hidden);
      this.#disconnect();
    };
  }

  /** For what is more than data: a toast, a count. Returns how to stop listening. */
  on(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #connect(): void {
    if (!this.#stop) {
      this.#stop = new AbortController();
      void this.#follow(this.#stop.signal);
    }
  }
  #disconnect(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const headers = { accept: 'text/event-stream', 'last-event-id': this.#position };
        const answer = await fetch('/api/stream', { headers, signal, cache: 'no-store' });
        if (answer.status === 401 || answer.status === 403) {
          this.state = 'away';
          // The session was ended elsewhere: whatever is shown asks again and so leads to the sign-in.
          void this.#client.invalidateQueries();
          return;
        }
        if (!answer.ok || !answer.body) throw new Error(answer.statusText);
        if (this.state === 'away') void this.#client.invalidateQueries();
        this.state = 'live';
        this.#waitMs = 500;
        for await (const message of messages(answer.body)) this.#hear(message);
      } catch {
        /* a lost connection is no news: try again */
      }
      if (signal.aborted) return;
      this.state = 'away';
      await new Promise(resolve => setTimeout(resolve, this.#waitMs));
      this.#waitMs = Math.min(this.#waitMs * 2, waitMaxMs);
    }
  }

  #hear({ id, data }: Message): void {
    if (id) this.#position = id;
    if (!data) return;
    const event = JSON.parse(data) as EventView;
    for (const listener of this.#listeners) listener(event);
    this.#batch.push(event);
    this.#timer ??= setTimeout(() => this.#refresh(), 150);
  }

  /** A burst of events is one refresh. */
  #refresh(): void {
    const events = this.#batch;
    this.#batch = [];
    this.#timer = undefined;
    void this.#client.invalidateQueries({
      predicate: ({ queryKey, meta }) => events.some(e => concerns(e, queryKey, meta)),
    });
  }
}

const key = Symbol('live');
export const provideLive = (live: Live): Live => setContext(key, live);
export const useLive = (): Live => getContext<Live>(key);

/** Whether an event changes an answer: one about the same ids, a list of that kind, or what the reading follows. */
export function concerns(
  event: Pick<LiveEvent, 'name' | 'entityId' | 'storyId'>,
  key: readonly unknown[],
  meta: Record<string, unknown> | undefined,
): boolean {
  const follows = meta?.['follows'];
  if (Array.isArray(follows) && follows.some(start => typeof start === 'string' && event.name.startsWith(start)))
    return true;
  const text = JSON.stringify(key);
  if (text.includes(event.entityId) || text.includes(event.storyId)) return true;
  const [area = '', entity = ''] = event.name.split('.');
  const noun = String(key[0] ?? '');
  return [`${area}s`, `${entity}s`, area, entity].includes(noun) && !/:\w+/.test(String(key[1] ?? ''));
}

interface Message {
  id: string;
  data: string;
}

async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield message(block);
  }
}

function message(block: string): Message {
  const lines = block
    .split('\n')
    .filter(line => line && !line.startsWith(':'))
    .map(line => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
    });
  const all = (name: string): string[] => lines.filter(([field]) => field === name).map(([, value]) => value ?? '');
  return { id: all('id').at(-1) ?? '', data: all('data').join('\n') };
}
