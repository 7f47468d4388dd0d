import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { describe, expect, it } from '@jest/globals';
import { payloadCodec, UnreadablePayload, workflowOf } from './payload-codec.ts';

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const older = key('k1'),
  newer = key('k2');
const context = { type: 'workflow', namespace: 'default', workflowId: 'launch-1' } as const;
const plain = defaultPayloadConverter.toPayload({ comment: 'Too expensive' });
const seal = async (keys: string): Promise<Payload> => (await payloadCodec(keys, true).encode([plain], context))[0]!;
const open = async (keys: string, payload: Payload): Promise<unknown> =>
  defaultPayloadConverter.fromPayload((await payloadCodec(keys, true).decode([payload]))[0]!);
const all = ({ metadata, data }: Payload): string =>
  Buffer.concat([...Object.values(metadata ?? {}), data ?? Buffer.of()]).toString('latin1');

describe('[PLT-089] a payload', () => {
  it('is cipher text, each time another one, and says only whose process it belongs to', async () => {
    const [one, two] = [await seal(older), await seal(older)];
    expect([all(one).includes('expensive'), all(one).includes('json'), all(one) === all(two)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(workflowOf(one)).toBe('launch-1');
    expect(await open(older, one)).toEqual({ comment: 'Too expensive' });
  });

  it('is not readable once a bit of it was changed, nor as one of another process', async () => {
    const sealed = await seal(older);
    const data = Uint8Array.from(sealed.data!, (byte, at) => (at === 20 ? byte ^ 1 : byte));
    await expect(open(older, { ...sealed, data })).rejects.toThrow(UnreadablePayload);
    await expect(open(older, { ...sealed, data: data.subarray(0, 9) })).rejects.toThrow(UnreadablePayload);
    const metadata = { ...sealed.metadata, 'workflow-id': Buffer.from('launch-2') };
    await expect(open(older, { ...sealed, metadata })).rejects.toThrow('launch-2 was changed');
  });

  it('from before the encryption passes as it is, and with the switch off none is encrypted', async () => {
    expect(await open(older, plain)).toEqual({ comment: 'Too expensive' });
    const off = payloadCodec(older, false);
    expect(await off.encode([plain], context)).toEqual([plain]);
    expect(defaultPayloadConverter.fromPayload((await off.decode([await seal(older)]))[0]!)).toEqual({
      comment: 'Too expensive',
    });
  });
});

describe('[PLT-090] after a rotation', () => {
  it('the newest key encrypts, and every known one decrypts', async () => {
    const rotated = `${newer},${older}`;
    expect(await open(rotated, await seal(older))).toEqual({ comment: 'Too expensive' });
    expect(await open(newer, await seal(rotated))).toEqual({ comment: 'Too expensive' });
  });

  it('a payload whose key was taken away names the process and the key', async () => {
    await expect(open(newer, await seal(older))).rejects.toThrow('of launch-1 is under the key k1, which is not in');
  });
});
