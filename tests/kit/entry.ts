import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before several APIs in production: takes turns among those that say they serve. */
export async function startEntry(urls: readonly string[]): Promise<{ url: string; close(): Promise<void> }> {
  const serving = new Set(urls);
  const asking = setInterval(() => {
    for (const url of urls)
      fetch(`${url}/api/health/live`).then(
        answer => (answer.ok ? serving.add(url) : serving.delete(url)),
        () => serving.delete(url),
      );
  }, 200);
  let turn = 0;
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', () => {
      turn += 1;
      const to = [...serving][turn % serving.size];
      const headers = { ...req.headers, connection: 'close' };
      const asked = request(`${to}${req.url}`, { method: req.method, headers, agent: false });
      asked.once('response', answer => {
        res.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(res);
      });
      asked.once('error', (e: NodeJS.ErrnoException) => {
        if (res.headersSent) res.destroy();
        else res.writeHead(502).end(e.code);
      });
      asked.end(Buffer.concat(chunks));
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        clearInterval(asking);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
