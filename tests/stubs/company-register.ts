import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How it answers next: `busy` is 503, `limited` is 429 with a pause of a second, `down` cuts the line unanswered. */
export type CompanyMood = 'busy' | 'limited' | 'down' | 'garbled' | 'moved' | 'hangs';
export interface CompanyStub {
  /** With `{domain}` where the domain goes. */
  url: string;
  key: string;
  /** What it knows, by domain. */
  companies: Map<string, unknown>;
  /** Domains that it was asked for, however it answered, and when. */
  asked: { domain: string; at: number }[];
  /** Moods of the next requests; fine after them. */
  moods: CompanyMood[];
  stop(): Promise<void>;
}

/** A service that knows companies by their domain, with a key as bearer token. */
export async function startCompanyService(): Promise<CompanyStub> {
  const server = createServer((req, res) => {
    const domain = new URL(req.url ?? '', 'http://stub').searchParams.get('domain') ?? '';
    stub.asked.push({ domain, at: performance.now() });
    const json = (status: number, body: unknown, headers = {}): void =>
      void res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const mood = stub.moods.shift();
    if (mood === 'down') return void req.socket.destroy();
    if (mood === 'hangs') return undefined;
    if (mood === 'busy') return json(503, { error: 'busy' });
    if (mood === 'limited') return json(429, { error: 'slow down' }, { 'retry-after': '1' });
    if (mood === 'moved') return json(302, {}, { location: 'http://127.0.0.1:1/' });
    if (mood === 'garbled') return void res.writeHead(200).end('<html>');
    if (req.headers.authorization !== `Bearer ${stub.key}`) return json(401, { error: 'no such key' });
    return stub.companies.has(domain) ? json(200, stub.companies.get(domain)) : json(404, { error: 'not found' });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stub: CompanyStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/companies?domain={domain}`,
    key: 'sk_test_1', companies: new Map(), asked: [], moods: [],
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return stub;
}
