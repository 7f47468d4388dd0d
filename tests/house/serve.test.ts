import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { serve } from '../../api/platform/serve.ts';
import { endpoint } from '../../domain/platform/contract.ts';

const shape = { needs: 'signed-in', summary: 'Planted', returns: z.object({ n: z.number() }) } as const;
const two = {
  one: endpoint({ ...shape, method: 'GET', path: '/api/ones' }),
  other: endpoint({ ...shape, method: 'GET', path: '/api/others' }),
};
const one = async (): Promise<{ n: number }> => ({ n: 1 });

/** `tsc` is what tests here: each comment below is an error itself if the line under it compiles. */
it('serve takes exactly one handler for each endpoint, else nothing compiles', () => {
  expect(serve(two, { one, other: one }).endpoints).toBe(two);
  // @ts-expect-error: a handler is missing
  serve(two, { one });
  // @ts-expect-error: a handler has no endpoint
  serve(two, { one, other: one, third: one });
  // @ts-expect-error: a handler answers something else than its endpoint says
  serve(two, { one, other: async () => ({ n: 'one' }) });
  // @ts-expect-error: a handler reads what its endpoint does not take
  serve(two, { one, other: async ({ body }) => ({ n: body.n }) });
});
