import { afterEach, expect, it } from '@jest/globals';
import { handleFetch } from './hooks.server.ts';

type Given = Parameters<typeof handleFetch>[0];
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

/** What the API is asked while a page renders for a reader at that address. */
async function asked(url: string, event: object): Promise<Request> {
  Object.assign(process.env, { INTERNAL_API: 'http://127.0.0.1:4000', INTERNAL_SECRET: 'of this process' });
  let seen: Request | undefined;
  await handleFetch({
    event: { url: new URL('http://shop.example/povs'), request: new Request('http://shop.example/povs'), ...event },
    request: new Request(url),
    fetch: async (request: Request) => {
      seen = request;
      return new Response();
    },
  } as unknown as Given);
  return seen!;
}

it('tells the API for whom a page asks, as the server in front found the address', async () => {
  const { url, headers } = await asked('http://shop.example/api/povs?page=2', {
    platform: { req: { ip: '203.0.113.7' } },
    getClientAddress: () => '127.0.0.1',
  });
  expect(url).toBe('http://127.0.0.1:4000/api/povs?page=2');
  expect([headers.get('x-reader-address'), headers.get('x-reader-secret')]).toEqual(['203.0.113.7', 'of this process']);
});

it('tells nobody else', async () => {
  const { headers } = await asked('http://elsewhere.example/api/povs', { getClientAddress: () => '203.0.113.7' });
  expect([headers.get('x-reader-address'), headers.get('x-reader-secret')]).toEqual([null, null]);
});
