import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Entry = { url: string; close(): Promise<void> };

/** Stands before several APIs, as a load balancer does in production: takes turns among those that say they serve. */
export async function startEntry(urls: readonly string[], port = 0): Promise<Entry> {
  const serving = new Set<string>();
  const ask = (url: string): Promise<unknown> => fetch(`${url}/api/health/live`).then(
    (answer) => (answer.ok ? serving.add(url) : serving.delete(url)),
    () => serving.delete(url),
  );
  const asking = setInterval(() => { for (const url of urls) void ask(url); }, 200);
  let turn = 0;
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', () => {
      const to = [...serving][turn % Math.max(serving.size, 1)];
      turn += 1;
      if (to) passOn(req, Buffer.concat(chunks), { to, res });
      else res.writeHead(503, { 'Retry-After': '1' }).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      clearInterval(asking);
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function passOn(req: IncomingMessage, body: Buffer, { to, res }: { to: string; res: ServerResponse }): void {
  const client = req.socket.remoteAddress ?? '';
  const headers = { ...req.headers, 'connection': 'close', 'x-forwarded-for': client };
  const asked = request(`${to}${req.url}`, { method: req.method, headers, agent: false });
  asked.once('response', (answer) => {
    res.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(res);
  });
  asked.once('error', (error: NodeJS.ErrnoException) => {
    if (res.headersSent) res.destroy();
    else res.writeHead(502).end(error.code);
  });
  // A page that is left ends its live stream at the API, too.
  res.once('close', () => asked.destroy());
  asked.end(body);
}
