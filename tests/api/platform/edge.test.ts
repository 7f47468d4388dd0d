import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { endpoints } from '../../../domain/index.ts';
import { createApp } from '../../../api/app.ts';
import { apiServices } from '../../../api/platform/api-services.ts';
import { readConfig } from '../../../db/platform/config.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { ProblemBody } from '../../kit/client.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp({ worker: false, env: { CORS_ORIGINS: 'https://partner.example' } });
});
afterAll(() => app?.stop());

const config = () => ({
  ...readConfig({ NODE_ENV: 'test', RELAY_DATABASE_URL: app.database.relayUrl }),
  SESSION_SECRET: 'x'.repeat(32),
});
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  fetch(app.url + path, { method, headers });

describe('every answer', () => {
  it('[PLT-045] of an unknown path is a problem with {error}', async () => {
    const { status, body, headers } = await app.anonymous.get<ProblemBody>('/api/nowhere');
    expect([status, body.error, headers.get('Content-Type')]).toEqual([
      404,
      'Unknown path',
      'application/problem+json; charset=utf-8',
    ]);
    expect(body.requestId).toBe(headers.get('X-Request-Id'));
  });

  it('[PLT-050] has security headers and no hint of what made it', async () => {
    const { headers } = await ask('/api/health/live');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringContaining(`default-src 'none'`),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.any(String),
    });
    expect(headers.get('X-Powered-By')).toBeNull();
  });

  it('[PLT-050] allows the origins of the configuration, and no other', async () => {
    const own = await ask('/api/health/live', { Origin: 'https://partner.example' });
    expect(own.headers.get('Access-Control-Allow-Origin')).toBe('https://partner.example');
    expect(own.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    const preflight = await ask(
      '/api/povs',
      { Origin: 'https://partner.example', 'Access-Control-Request-Method': 'POST' },
      'OPTIONS',
    );
    expect([preflight.status, preflight.headers.get('Access-Control-Allow-Headers')]).toEqual([
      204,
      expect.stringContaining('Idempotency-Key'),
    ]);
    for (const method of ['GET', 'OPTIONS']) {
      const foreign = await ask('/api/health/live', { Origin: 'https://evil.example' }, method);
      expect([...foreign.headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('[PLT-055] to a GET says how it may be cached', async () => {
    const admin = await app.as('admin');
    expect((await admin.get('/api/notifications')).headers.get('Cache-Control')).toMatch(/^private/);
  });

  it('[PLT-046] to broken JSON and to too much of it is 4xx in the same form', async () => {
    const admin = await app.as('admin');
    const send = (body: string): Promise<Response> =>
      fetch(`${app.url}/api/notifications`, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${admin.token}` },
      });
    const broken = await send('{"userIds": [');
    expect([broken.status, ((await broken.json()) as ProblemBody).error]).toEqual([400, 'The body is not valid JSON']);
    expect((await send(JSON.stringify({ subject: 'x'.repeat(5_000_000) }))).status).toBe(413);
  });
});

describe('health', () => {
  it('[PLT-054] is live, and ready while database and Temporal answer', async () => {
    expect(await (await ask('/api/health/live')).json()).toEqual({ status: 'live' });
    expect(await (await ask('/api/health/ready')).json()).toEqual({
      status: 'ready',
      parts: { database: 'ok', temporal: 'ok' },
    });
  });

  it('[PLT-054] names the part that is away', async () => {
    const connection = { withDeadline: () => Promise.reject(new Error('away')) };
    const away: Client = Object.create(app.engine.client, { connection: { value: connection } });
    const server = createApp(await apiServices(config(), away)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`);
    server.close();
    expect([answer.status, await answer.json()]).toEqual([
      503,
      {
        status: 'not-ready',
        parts: { database: 'ok', temporal: 'away' },
        error: 'Away: temporal',
      },
    ]);
  });

  it('[PLT-110] measures requests by pattern, the process and the outbox', async () => {
    await (await app.as('admin')).get(`/api/operations/${crypto.randomUUID()}`);
    const text = await (await ask('/metrics')).text();
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/api\/operations\/:id",status="404"\} [1-9]/,
    );
    expect(text).toMatch(/^outbox_undelivered_events \d+$/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
  });
});

interface Operation {
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  webhooks: object;
  components: { securitySchemes: object };
}

describe('the documentation', () => {
  const undocumented = [
    ...['/metrics', '/api/openapi.json', '/storage/:token'],
    ...['/api/docs', '/api/docs/openapi.json', '/api/docs/console.js'],
  ];

  it('[PLT-051] has every route of the router, and no other', async () => {
    const document = (await (await ask('/api/openapi.json')).json()) as Document;
    const documented = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map(method => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const { stack } = createApp(await apiServices(config(), app.engine.client)).router;
    const routed = stack
      .flatMap(({ route }) => (route ? Object.keys(methodsOf(route)).map(m => `${m} ${route.path}`) : []))
      .filter(r => !undocumented.includes(r.split(' ')[1]!));
    expect(documented.sort()).toEqual(routed.sort());
    expect(documented).toHaveLength(Object.keys(endpoints).length);
  });

  it('[PLT-051] has examples of every body and answer, and how to authenticate', async () => {
    const document = (await (await ask('/api/openapi.json')).json()) as Document;
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.components.securitySchemes).toHaveProperty('bearer');
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, o]) => ({ name: `${method} ${path}`, ...o })),
    );
    const without = operations.filter(o =>
      [o.requestBody, ...Object.values(o.responses)].some(part =>
        Object.values(part?.content ?? {}).some(media => media.example === undefined),
      ),
    );
    expect(without.map(o => o.name)).toEqual([]);
    expect(Object.keys(document.webhooks)).toContain('platform.clock.moved');
  });

  it('[PLT-051] is given to the console in the words of 3.0, with the same operations', async () => {
    const [whole, console] = (await Promise.all(
      ['/api/openapi.json', '/api/docs/openapi.json'].map(async path => (await ask(path)).json()),
    )) as [Document, Document];
    expect(console.openapi).toMatch(/^3\.0/);
    const operations = ({ paths }: Document): string[] =>
      Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map(method => `${method} ${path}`));
    expect(operations(console)).toEqual(operations(whole));
    const foreign = JSON.stringify(console, (key, value: unknown) => (key === 'example' ? undefined : value));
    expect(foreign.match(/"type":(\[[^\]]*\]|"null")|"const":[^{]/g)).toBeNull();
    expect(foreign).toContain('"nullable":true');
  });

  it('[PLT-051] is not sent again to who has it', async () => {
    const etag = (await ask('/api/openapi.json')).headers.get('ETag')!;
    expect((await ask('/api/openapi.json', { 'If-None-Match': etag })).status).toBe(304);
  });

  it('[PLT-051] has a console that loads nothing from elsewhere', async () => {
    const page = await ask('/api/docs');
    const html = await page.text();
    expect(page.headers.get('Content-Security-Policy')).toContain(`script-src 'self'`);
    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(m => m[1]!);
    expect(assets.every(a => a.startsWith('/api/docs/'))).toBe(true);
    for (const asset of assets) expect([asset, (await ask(asset)).status]).toEqual([asset, 200]);
  });
});

const methodsOf = (route: object): Record<string, boolean> =>
  'methods' in route ? (route.methods as Record<string, boolean>) : {};
