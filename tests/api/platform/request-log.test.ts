import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../../bin/port.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { signIn, type Client } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { password } from '../../kit/people.ts';
import { compiled } from '../../kit/program.ts';
import { builtWeb } from '../../kit/services.ts';

interface Line {
  level: number;
  msg: string;
  requestId?: string;
  path?: string;
  status?: number;
  err?: { message: string; stack: string };
}
let app: App, child: ChildProcess, admin: Client;
let output = '';
const lines = (): Line[] =>
  output
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as Line);

beforeAll(async () => {
  [app] = await Promise.all([bootApp({ worker: false }), builtWeb()]);
  const port = String(await freePort());
  child = spawn(process.execPath, ['api/main.ts'], {
    env: {
      ...{ PATH: process.env['PATH'], ...app.env, PORT: port, NODE_ENV: 'production', LOG_LEVEL: 'info' },
      ...{ SESSION_SECRET: 'a secret of the tests, long enough for everyone', NODE_COMPILE_CACHE: compiled },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout!.on('data', text => (output += String(text)));
  await until('the API is up', async () => {
    if (child.exitCode !== null) throw new Error(`The API ended: ${output}`);
    return lines().some(l => l.msg === 'API is up');
  });
  admin = await signIn(`http://127.0.0.1:${port}`, app.tenant.slug, 'admin', password);
}, 180_000);
afterAll(async () => {
  if (child?.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await app?.stop();
});

const logged = async (requestId: string | null): Promise<Line[]> => {
  const found = (): Line[] => lines().filter(l => l.requestId === requestId);
  await until('it is in the log', async () => found().some(l => l.msg === 'request'));
  return found();
};

it('[PLT-110] the log has a line for each request, with the id that its answer carries', async () => {
  const { headers } = await admin.get('/api/povs');
  expect(await logged(headers.get('X-Request-Id'))).toMatchObject([{ msg: 'request', path: '/api/povs', status: 200 }]);
  const given = 'a-request-of-the-test';
  expect((await admin.get('/api/povs', { 'X-Request-Id': given })).headers.get('X-Request-Id')).toBe(given);
  expect(await logged(given)).toHaveLength(1);
});

it('[PLT-110] an error is in the log with its stack, under the id that the caller was told', async () => {
  await inDatabase(app, 'alter table phase_template rename to phase_template_away');
  try {
    const { status, body, headers } = await admin.get<{ requestId: string }>('/api/phase-templates');
    expect([status, body.requestId]).toEqual([500, headers.get('X-Request-Id')]);
    const found = await logged(body.requestId);
    expect(found.map(l => l.msg).sort()).toEqual(['request', 'unexpected error']);
    const error = found.find(l => l.msg === 'unexpected error')!;
    expect([error.level, error.err?.stack]).toEqual([50, expect.stringContaining('phase_template')]);
  } finally {
    await inDatabase(app, 'alter table phase_template_away rename to phase_template');
  }
});

it('[CRM-077] in production the old name of opportunities is no warning for each request', async () => {
  const { headers } = await admin.get('/api/crm/deals');
  await logged(headers.get('X-Request-Id'));
  expect([headers.has('deprecation'), lines().filter(l => l.msg.includes('deprecated'))]).toEqual([true, []]);
});

it('[PLT-110] neither tokens, passwords nor queries are in it', async () => {
  const { headers } = await admin.get('/api/povs?q=whispered');
  await logged(headers.get('X-Request-Id'));
  expect(output).not.toContain(admin.token);
  expect(output).not.toContain(password);
  expect(output).not.toContain('whispered');
});
