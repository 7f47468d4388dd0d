import { once } from 'node:events';
import type { Duplex, Writable } from 'node:stream';
import type { Client, Connection, Submittable } from 'pg';

/** What `pg` has for COPY, beyond its published types. */
type CopyConnection = {
  stream: Duplex;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(why: string): void;
};

/** Writes all that a `COPY … TO STDOUT` gives; answers how many rows it was. */
export function copyOut(db: Client, statement: string, to: Writable): Promise<number> {
  return new Promise((resolve, reject) => {
    db.query(new Copy(statement, { resolve, reject, to }));
  });
}

/** Fills a `COPY … FROM STDIN`; answers how many rows it took. */
export function copyIn(db: Client, statement: string, from: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    db.query(new Copy(statement, { resolve, reject, from }));
  });
}

type Ends = {
  resolve(rows: number): void;
  reject(error: Error): void;
  to?: Writable;
  from?: AsyncIterable<Buffer>;
};

/** One COPY under way; the client calls what begins with `handle`. */
class Copy implements Submittable {
  readonly #statement: string;
  readonly #ends: Ends;
  #rows = 0;
  #problem: Error | undefined;

  constructor(statement: string, ends: Ends) {
    this.#statement = statement;
    this.#ends = ends;
  }

  submit(connection: Connection): void {
    connection.query(this.#statement);
  }

  handleCopyData({ chunk }: { chunk: Buffer }, { stream }: CopyConnection): void {
    // A copy, for the client writes what comes next over this one. What had arrived before the pause still comes.
    if (this.#ends.to?.write(Buffer.from(chunk)) !== false || stream.isPaused()) return;
    stream.pause();
    this.#ends.to.once('drain', () => stream.resume());
  }

  async handleCopyInResponse(connection: CopyConnection): Promise<void> {
    try {
      for await (const chunk of this.#ends.from ?? []) {
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
      }
      connection.endCopyFrom();
    } catch (error) {
      this.#problem = error instanceof Error ? error : new Error(String(error));
      connection.sendCopyFail(this.#problem.message);
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.#ends.resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#ends.reject(this.#problem ?? error);
  }
}
