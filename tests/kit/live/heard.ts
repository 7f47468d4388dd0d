import type { EventView } from '../../../domain/platform/event.contract.ts';
import type { Client } from '../client.ts';

/** What the live stream brings to an open page of theirs, from now on. */
export class Heard {
  readonly events: EventView[] = [];
  lastId = '';
  ended = false;
  #text = '';
  readonly #stop = new AbortController();

  static async open(url: string, who: Client, headers: Record<string, string> = {}, query = ''): Promise<Heard> {
    const heard = new Heard();
    const answer = await fetch(`${url}/api/stream${query}`, {
      headers: { Authorization: `Bearer ${who.token}`, ...headers },
      signal: heard.#stop.signal,
    });
    const type = answer.headers.get('Content-Type') ?? 'nothing';
    if (answer.status !== 200 || !type.includes('text/event-stream'))
      throw new Error(`No stream: ${answer.status} ${type}`);
    void heard
      .#read(answer.body!)
      .catch(() => {})
      .finally(() => {
        heard.ended = true;
      });
    return heard;
  }
  /** All that has come so far. */
  text(): string {
    return this.#text;
  }
  /** How often these words have come. */
  times(words: string): number {
    return this.#text.split(words).length - 1;
  }
  close(): void {
    this.#stop.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    // It ends by `close`, or with the API, which some tests kill.
    let rest = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
      this.#text += chunk;
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        this.lastId = /^id: (\d+)$/m.exec(block)?.[1] ?? this.lastId;
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data) this.events.push(JSON.parse(data) as EventView);
      }
    }
  }
}
