import { expect, it } from '@jest/globals';
import { type Engine, setEngine, withEngine } from './engine.ts';

const client = { withDeadline: (_: number, ask: () => Promise<unknown>) => ask() } as unknown as Engine['client'];
setEngine({ client, taskQueue: 't', namespace: 'n', close: async () => {} });

const failing = (code: number): Promise<never> =>
  withEngine(() => Promise.reject(new Error('no', { cause: Object.assign(new Error('gRPC'), { code }) })));

it.each([[1, 'cancelled'], [4, 'late'], [8, 'busy'], [9, 'task fails'], [10, 'aborted'], [14, 'away']])(
  '[PLT-054] code %d of the engine (%s) is answered with 503, to be sent again',
  async code => {
    await expect(failing(code)).rejects.toMatchObject({ details: { reason: 'engine-away' } });
  },
);

it('what it says otherwise is passed on', async () => {
  await expect(failing(5)).rejects.toThrow('no');
});
