import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exampleOf } from '../../api/platform/openapi/openapi-example.ts';
import { endpoints } from '../../domain/index.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import { bootApp, type App } from '../kit/app.ts';

let app: App, token: string;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  ({ token } = await app.as('superadmin'));
});
afterAll(() => app?.stop());

/** Ends the session of the fuzz, or never ends its answer. */
const left = ['POST /api/auth/signout', 'GET /api/stream'];
const walked = Object.values(endpoints)
  .filter(e => !left.includes(`${e.method} ${e.path}`))
  .map((e): [string, AnyEndpoint] => [`${e.method} ${e.path}`, e]);

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', '\0', 'constructor'),
);
/** The example with a few fields replaced, or any JSON at all. */
const bodies = (e: AnyEndpoint): fc.Arbitrary<unknown> => {
  const example = exampleOf(e.body) as Record<string, unknown>;
  const fields = Object.keys(example ?? {});
  const changed = fc.dictionary(fields.length ? fc.constantFrom(...fields) : fc.string(), odd, { maxKeys: 3 });
  return fc.oneof(
    odd,
    changed.map(change => ({ ...example, ...change })),
  );
};
const words = fc.oneof(fc.uuid(), fc.string({ minLength: 1, maxLength: 40 }), fc.constantFrom('..', '%', '-1', 'null'));
const queries = fc.dictionary(
  fc.constantFrom(
    'q',
    'page',
    'pageSize',
    'sort',
    'cursor',
    'limit',
    'filter[status][in]',
    'filter[title]',
    'filter[x][y]',
    'status',
  ),
  fc.string({ maxLength: 60 }),
);

/** Fixed, so that a failure is the same for everybody; fast-check prints the smallest input that fails. */
const options = { seed: 20261121, numRuns: 12 };

describe('[PLT-048] whatever is sent, it is answered, and never with a 500', () => {
  it.each(walked)('%s', async (_name, e) => {
    await fc.assert(
      fc.asyncProperty(bodies(e), words, queries, async (body, word, query) => {
        const path = e.path.replace(/:\w+/g, encodeURIComponent(word));
        const response = await fetch(`${app.url}${path}?${new URLSearchParams(query).toString()}`, {
          method: e.method,
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
          ...(e.method === 'GET' ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        expect(response.status).toBeLessThan(500);
        if (response.status >= 400)
          expect(JSON.parse(text)).toMatchObject({ status: response.status, code: expect.any(String) });
      }),
      options,
    );
  });
});
