import { Agent, request, type OutgoingHttpHeaders } from 'node:http';

export interface Sent {
  status: number;
  body: string;
}
/** Somebody with connections that stay open. */
export interface Caller {
  send(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, headers?: OutgoingHttpHeaders): Promise<Sent>;
  close(): void;
}

/** A caller of a server; each answer but the expected one is an error, so that no refusal counts as fast. */
export function callerOf(url: string, connections: number): Caller {
  // Each connection in its turn: one that stands idle for long may be closed as it is taken again.
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  const { hostname, port } = new URL(url);
  const send: Caller['send'] = (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const typed = text === undefined ? {} : { 'Content-Type': 'application/json' };
      const length = text === undefined ? {} : { 'Content-Length': Buffer.byteLength(text) };
      const sent = request({ agent, hostname, port, method, path, headers: { ...headers, ...typed, ...length } });
      sent.once('error', (error: NodeJS.ErrnoException) => {
        // The server closed a connection that stood idle just as it was taken again: nothing of this was heard.
        if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(send(method, path, body, headers));
        else reject(error);
      });
      sent.once('response', answer => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.once('error', reject);
        answer.once('end', () => {
          const status = answer.statusCode ?? 0;
          const read = Buffer.concat(parts).toString();
          if (status < 300) resolve({ status, body: read });
          else reject(new Error(`${method} ${path}: ${status} ${read.slice(0, 300)}`));
        });
      });
      sent.end(text);
    });
  return { send, close: () => agent.destroy() };
}

export interface Loop {
  clients: number;
  ms: number;
  /** One request of that client; the `n`th of all. */
  act: (n: number, client: number) => Promise<unknown>;
}
/** Milliseconds of each act, and acts a second. */
export interface Measured {
  latencies: number[];
  perSecond: number;
}

/** So many clients, each of whom asks again as soon as it has its answer. */
export async function closedLoop({ clients, ms, act }: Loop): Promise<Measured> {
  const latencies: number[] = [];
  const began = performance.now();
  let n = 0;
  const one = async (client: number): Promise<void> => {
    while (performance.now() - began < ms) {
      const sent = performance.now();
      await act(n++, client);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => one(client)));
  return { latencies, perSecond: latencies.length / ((performance.now() - began) / 1000) };
}

/** The same with a given number of acts, however long they take. */
export async function eachOnce(
  clients: number, count: number, act: (n: number) => Promise<unknown>,
): Promise<Measured> {
  const latencies: number[] = [];
  const began = performance.now();
  let n = 0;
  const one = async (): Promise<void> => {
    while (n < count) {
      const sent = performance.now();
      await act(n++);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, one));
  return { latencies, perSecond: count / ((performance.now() - began) / 1000) };
}
