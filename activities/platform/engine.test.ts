import { afterAll, expect, it } from '@jest/globals';
import { readConfig } from '../../db/platform/config.ts';
import { openEngine, setEngine, withEngine } from './engine.ts';
import { dataConverterOf } from './payload/payload-codec.ts';

// The client itself; nobody listens there, and no call goes out.
const engine = setEngine(openEngine({
  address: '127.0.0.1:1', namespace: 'default', taskQueue: 'none', dataConverter: dataConverterOf(readConfig({})),
}));
afterAll(() => engine.close());

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
