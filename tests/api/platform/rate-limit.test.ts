import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pagesSecret } from '../../../api/platform/own-pages.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { client, type Answer, type Client, type ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';

const limit = 30,
  signInLimit = 8;
let app: App;
beforeAll(async () => {
  app = await bootApp({
    worker: false,
    env: { RATE_LIMIT_PER_MINUTE: `${limit}`, SIGNIN_LIMIT_PER_MINUTE: `${signInLimit}` },
  });
});
afterAll(() => app?.stop());

const times = async <T>(n: number, act: () => Promise<T>): Promise<T[]> => {
  const answers: T[] = [];
  for (let i = 0; i < n; i++) answers.push(await act());
  return answers;
};

describe('[PLT-049] rate limits', () => {
  it('refuse one user after n requests, with Retry-After, and nobody else', async () => {
    const [sales, other] = [await app.as('sales'), await app.as('sales2')];
    const read = (who: Client): Promise<Answer<ProblemBody>> => who.get('/api/notifications');
    const answers = await times(limit + 1, () => read(sales));
    expect(answers.slice(0, limit).every(a => a.status === 200)).toBe(true);
    const { status, body, headers } = answers.at(-1)!;
    expect([status, body.error]).toEqual([429, 'Too many requests']);
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(headers.get('RateLimit')).toMatch(/^"all";r=0;t=\d+$/);
    expect(headers.get('RateLimit-Policy')).toBe(`"all";q=${limit};w=60`);
    expect((await read(other)).status).toBe(200);
    expect((await read(await app.as('sales'))).status).toBe(429);
  });

  it('count each key of a user by itself', async () => {
    const owner = await app.as('sales3');
    const [a, b] = (await times(2, async () => {
      const { body } = await owner.post<{ key: string }>('/api/api-keys', { name: 'ERP' });
      return client(app.url, { Authorization: `Bearer ${body.key}` });
    })) as [Client, Client];
    const statuses = (await times(limit + 1, () => a.get('/api/notifications'))).map(r => r.status);
    expect([statuses.slice(0, limit).every(s => s === 200), statuses.at(-1)]).toEqual([true, 429]);
    expect((await b.get('/api/notifications')).status).toBe(200);
    expect((await owner.get('/api/notifications')).status).toBe(200);
  });

  it('count writes in the store that all processes share, reads not', async () => {
    const accounting = await app.as('accounting');
    await times(3, () => accounting.get('/api/notifications'));
    await times(2, () => accounting.post('/api/notifications/mark-all-read'));
    const key = `write:user:${accounting.userId}`;
    const counted = () =>
      inDatabase<{ points: number }>(app, 'select points from rate_limit_bucket where key = $1', [key]);
    await until('both writes are counted', async () => (await counted())[0]?.points === 2);
  });

  it('refuse more attempts to sign in from one network, and more guesses at a code', async () => {
    const sales = await app.as('sales4');
    const attempt = (): Promise<Answer<ProblemBody>> =>
      app.anonymous.post('/api/auth/signin', { tenant: app.tenant.slug, username: 'nobody', password: 'wrong' });
    const statuses = (await times(signInLimit + 1, attempt)).map(a => a.status);
    expect(statuses.at(-1)).toBe(429);
    expect((await sales.post('/api/auth/second-factor/removals', { code: '000000' })).status).toBe(429);
  });

  it('count what a page asks for its signed-out reader on the reader, believing our own pages only', async () => {
    const read = (address: string, secret: string): Promise<Answer<unknown>> =>
      app.anonymous.get('/api/auth/session', { 'X-Reader-Address': address, 'X-Reader-Secret': secret });
    await times(limit, () => read('203.0.113.7', pagesSecret));
    expect((await read('203.0.113.7', pagesSecret)).status).toBe(429);
    expect((await read('203.0.113.8', pagesSecret)).status).toBe(401);
    // Forged: all on the address they come from.
    const forged = await times(limit + 1, () => read(`203.0.113.${Math.random()}`, 'x'.repeat(pagesSecret.length)));
    expect(forged.at(-1)!.status).toBe(429);
    expect((await read('203.0.113.9', pagesSecret)).status).toBe(401);
  });
});
