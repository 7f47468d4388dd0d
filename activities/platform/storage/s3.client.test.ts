import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { s3Stub, type S3Stub } from '../../../tests/stubs/s3-server.ts';
import { s3Storage } from './s3.client.ts';
import type { Storage } from './storage.ts';

let stub: S3Stub, storage: Storage;
beforeAll(async () => {
  stub = await s3Stub();
  storage = s3Storage(stub);
});
afterAll(() => stub?.stop());

const file = { mediaType: 'application/pdf', size: 8 };
async function put(key: string, body: string, change: Record<string, string> = {}): Promise<number> {
  const { url, headers } = await storage.upload(key, file);
  return (await fetch(url, { method: 'PUT', headers: { ...headers, ...change }, body })).status;
}

describe('[PLT-079] a bucket of S3', () => {
  it('takes a file by a signed address, says its size, gives it under its name, and forgets it', async () => {
    expect(await storage.sizeOf('t/a')).toBeNull();
    expect(await put('t/a', 'An offer')).toBe(200);
    expect(await storage.sizeOf('t/a')).toBe(8);
    const as = { name: 'Müller (1)".pdf', mediaType: 'application/pdf' };
    const answer = await fetch(await storage.download('t/a', as));
    expect([answer.status, await answer.text()]).toEqual([200, 'An offer']);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition'))
      .toBe(`attachment; filename="M_ller (1)_.pdf"; filename*=UTF-8''M%C3%BCller%20%281%29%22.pdf`);
    await storage.remove('t/a');
    expect(await storage.sizeOf('t/a')).toBeNull();
  });

  it.each([
    ['another size', 'An offer and more', {}], ['another type', 'An offer', { 'content-type': 'text/html' }],
  ])('refuses %s than was signed', async (_, body, change) => expect(await put('t/b', body, change)).toBe(403));

  it('refuses an address for another key', async () => {
    const { url, headers } = await storage.upload('t/c', file);
    expect((await fetch(url.replace('/t/c', '/u/c'), { method: 'PUT', headers, body: 'An offer' })).status).toBe(403);
  });

  it('takes a file once', async () => {
    expect([await put('t/d', 'An offer'), await put('t/d', 'Another!')]).toEqual([200, 412]);
    expect(stub.objects.get('t/d')!.bytes.toString()).toBe('An offer');
  });

  it('says so when the service fails', async () => {
    stub.fail(503, 1);
    await expect(storage.sizeOf('t/d')).rejects.toThrow('The storage answers 503 to HEAD');
  });
});
