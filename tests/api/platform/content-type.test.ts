import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { endpoints } from '../../../domain/index.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newPov, phasesOf, readPov, submit } from '../../kit/pov.fixture.ts';
import { rowCounts } from '../../kit/row-counts.ts';

let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  manager = await app.as('manager');
});
afterAll(() => app?.stop());

const send = (method: string, path: string, type: string, body: string): Promise<Response> =>
  fetch(app.url + path, {
    method,
    body,
    headers: { 'Content-Type': type, Authorization: `Bearer ${manager.token}` },
  });

const others = [
  ['text/plain', '{"title":"Other"}'],
  ['application/x-www-form-urlencoded', 'title=Other&comment=Yes'],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nOther\r\n--x--\r\n'],
  ['application/xml', '<title>Other</title>'],
] as const;

const title = '[PLT-048] a body of type %s is 415 at every writing endpoint, and changes nothing';
it.each(others)(title, async (type, body) => {
  const pov = await newPov(manager);
  const [phase] = await phasesOf(manager, pov.id);
  const { body: round } = await submit(manager, pov.id, phase!.id);
  const before = [await rowCounts(app), await readPov(manager, pov.id)];
  const real = [`/api/povs/${pov.id}`, `/api/workflows/instances/${round.id}/approve`];
  const answer = await send('PATCH', real[0]!, type, body);
  expect([answer.status, await answer.json()]).toMatchObject([
    415,
    { code: 'unsupported-media-type', errors: [{ message: 'must be application/json' }] } satisfies Partial<
      Omit<ProblemBody, 'errors'>
    > & { errors: object[] },
  ]);
  expect((await send('POST', real[1]!, type, body)).status).toBe(415);
  for (const { method, path } of Object.values(endpoints)) {
    if (method === 'GET') continue;
    const { status } = await send(method, path.replace(/:\w+/g, pov.id), type, body);
    expect([`${method} ${path}`, status]).toEqual([`${method} ${path}`, 415]);
  }
  expect([await rowCounts(app), await readPov(manager, pov.id)]).toEqual(before);
});
