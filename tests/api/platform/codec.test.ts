import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { payloadCodec } from '../../../activities/platform/payload/payload-codec.ts';
import { serverArgs } from '../../../bin/temporal.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { makeTenant, password } from '../../kit/people.ts';
import { newPov } from '../../kit/pov.fixture.ts';

/** As the protocol of Temporal's remote codecs writes a payload. */
interface Encoded {
  metadata: Record<string, string>;
  data: string;
}
const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const k1 = key('k1'),
  k2 = key('k2');
const temporalUi = 'http://localhost:8233';
const path = '/api/codec/decode';

let app: App, admin: Client, mine: string, theirs: string, cookie: string;
beforeAll(async () => {
  const env = { SECRET_KEYS: `${k2},${k1}`, TEMPORAL_UI_URL: temporalUi };
  app = await bootApp({ worker: false, relay: false, env });
  const other = await makeTenant();
  admin = await app.as('admin');
  mine = `pov-lifecycle-${(await newPov(admin)).id}`;
  theirs = `pov-lifecycle-${(await newPov(await app.as('admin', other))).id}`;
  const body = JSON.stringify({ tenant: app.tenant.slug, username: 'admin', password });
  const headers = { 'Content-Type': 'application/json' };
  const signedIn = await fetch(`${app.url}/api/auth/signin`, { method: 'POST', headers, body });
  cookie = signedIn.headers.get('Set-Cookie')!.split(';')[0]!;
});
afterAll(() => app?.stop());

async function sealed(workflowId: string, value: unknown, keys = k1): Promise<Encoded> {
  const context = { type: 'workflow', namespace: 'default', workflowId } as const;
  const [payload] = await payloadCodec(keys, true).encode([defaultPayloadConverter.toPayload(value)], context);
  const metadata = Object.entries(payload!.metadata!).map(([name, bytes]) => [name, base64(bytes)]);
  return { metadata: Object.fromEntries(metadata), data: base64(payload!.data!) };
}
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const textOf = ({ data }: Encoded): string => Buffer.from(data, 'base64').toString();
const decoded = async (by: Client, ...payloads: Encoded[]): Promise<Encoded[]> =>
  (await by.post<{ payloads: Encoded[] }>(path, { payloads })).body.payloads;

describe('the codec of the Temporal UI', () => {
  it('[PLT-090] decodes what any known key encrypted, in order, and passes on what is clear', async () => {
    const clear = { metadata: { encoding: btoa('json/plain') }, data: btoa('"clear"') };
    const asked = [await sealed(mine, { n: 1 }), clear, await sealed(mine, { n: 2 }, k2)];
    expect((await decoded(admin, ...asked)).map(textOf)).toEqual(['{"n":1}', '"clear"', '{"n":2}']);
    expect((await decoded(admin, asked[0]!))[0]!.metadata).toEqual({ encoding: btoa('json/plain') });
  });

  it('[PLT-002] gives back as it was what belongs to another tenant, or to no process', async () => {
    const asked = [await sealed(theirs, 'Whispered'), await sealed('', 'of nobody')];
    expect(await decoded(admin, ...asked)).toEqual(asked);
    expect(await decoded(await app.as('superadmin'), ...asked)).toEqual(asked);
    // One that claims to be ours is found out.
    const { metadata } = await sealed(mine, 'x');
    const moved = { ...asked[0]!, metadata };
    expect((await admin.post<ProblemBody>(path, { payloads: [moved] })).body.code).toBe('unreadable-payload');
  });

  it('shows the checks of the whole installation to its super administrator alone', async () => {
    const report = await sealed('reconcile-workflow-2026-11-28T06:10:00Z', 'the report');
    expect((await decoded(await app.as('superadmin'), report)).map(textOf)).toEqual(['"the report"']);
    expect(await decoded(admin, report)).toEqual([report]);
  });

  it('[PLT-046] says which payload was changed, or is under a key that is gone', async () => {
    const good = await sealed(mine, 'x');
    const bytes = Buffer.from(good.data, 'base64');
    bytes[20]! ^= 1;
    for (const [bad, why] of [
      [{ ...good, data: base64(bytes) }, 'changed'],
      [await sealed(mine, 'x', key('k9')), 'k9'],
    ] as const) {
      const { status, body, headers } = await admin.post<ProblemBody>(path, { payloads: [good, bad] });
      expect([status, body.code, body.errors[0]!.pointer]).toEqual([400, 'unreadable-payload', '/payloads/1']);
      expect(body.errors[0]!.message).toContain(why);
      expect(headers.get('Content-Type')).toContain('application/problem+json');
    }
  });

  it('is for administrators who are signed in, and bounded', async () => {
    const payloads = [await sealed(mine, 'x')];
    expect((await app.anonymous.post(path, { payloads })).status).toBe(401);
    expect((await (await app.as('manager')).post(path, { payloads })).status).toBe(403);
    expect((await admin.post(path, { payloads: Array(1001).fill({}) })).status).toBe(400);
    expect((await admin.post(path, { payloads: [{ data: 'no base64 §' }] })).status).toBe(400);
    expect((await admin.post(path, { payloads: [{ data: 'A'.repeat(5_000_000) }] })).status).toBe(413);
    expect((await admin.post(path, { payloads }, { 'X-Namespace': 'elsewhere' })).status).toBe(400);
    expect((await admin.post(path, { payloads }, { 'X-Namespace': 'default' })).status).toBe(200);
  });
});

describe('a page asks with the cookie', () => {
  const ask = async (origin: string, to = path): Promise<Response> =>
    fetch(app.url + to, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Namespace': 'default', Cookie: cookie, Origin: origin },
      body: JSON.stringify({ payloads: [await sealed(mine, 'x')] }),
    });
  const preflight = (origin: string, to = path): Promise<Response> =>
    fetch(app.url + to, {
      method: 'OPTIONS',
      headers: {
        ...{ Origin: origin, 'Access-Control-Request-Method': 'POST' },
        'Access-Control-Request-Headers': 'content-type,x-namespace',
      },
    });

  it('[PLT-050] and is answered when it is the Temporal UI', async () => {
    const asked = await preflight(temporalUi);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': temporalUi,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': expect.stringContaining('X-Namespace'),
    });
    const answer = await ask(temporalUi);
    expect([answer.status, answer.headers.get('Access-Control-Allow-Credentials')]).toEqual([200, 'true']);
    expect(((await answer.json()) as { payloads: Encoded[] }).payloads.map(textOf)).toEqual(['"x"']);
  });

  it.each(['http://localhost:8234', 'https://localhost:8233', 'http://localhost:8233.evil.example', 'null'])(
    '[PLT-050] and is refused when it is %s',
    async origin => {
      const answer = await ask(origin);
      expect([answer.status, ((await answer.json()) as ProblemBody).code]).toEqual([403, 'cross-site']);
      for (const headers of [answer.headers, (await preflight(origin)).headers])
        expect([...headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([]);
    },
  );

  it('[PLT-050] the Temporal UI may do nothing else with it', async () => {
    expect((await ask(temporalUi, '/api/povs')).status).toBe(403);
    expect((await preflight(temporalUi, '/api/povs')).headers.get('Access-Control-Allow-Origin')).toBeNull();
  });
});

it('the embedded server is told where its page decodes', () => {
  const server = { port: 1, uiPort: 2, namespace: 'default', store: undefined };
  const codecEndpoint = 'http://localhost:3000/api/codec';
  expect(serverArgs({ ...server, codecEndpoint }).join(' ')).toContain(`--ui-codec-endpoint ${codecEndpoint}`);
  expect(serverArgs(server).join(' ')).not.toContain('codec');
});
