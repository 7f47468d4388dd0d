import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { connect, type ConnectionOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../bin/port.ts';
import { bootApp, type App } from '../../kit/app.ts';
import { password } from '../../kit/people.ts';
import { spawnProgram, type Program } from '../../kit/program.ts';
import { builtWeb } from '../../kit/services.ts';

/** For `localhost` alone, signed by itself, known to nobody but these tests. */
const file = (name: string): string => fileURLToPath(new URL(`../../kit/tls/localhost.${name}.pem`, import.meta.url));
const ca = await readFile(file('cert'));

let app: App, api: Program, tlsPort: number;
beforeAll(async () => {
  [app] = await Promise.all([bootApp({ worker: false }), builtWeb()]);
  const [port, forTls] = [await freePort(), await freePort()];
  tlsPort = forTls;
  const tls = { TLS_PORT: String(tlsPort), TLS_CERT_FILE: file('cert'), TLS_KEY_FILE: file('key') };
  const env = { ...app.env, ...tls, SESSION_SECRET: app.sessionSecret, PORT: String(port), ORIGIN: `https://localhost:${tlsPort}` };
  api = await spawnProgram({ main: 'api/main.ts', env, says: 'API is up' });
});
afterAll(async () => {
  await api?.kill('SIGTERM');
  await app?.stop();
});

/** The version that both sides agree on, or the code of the refusal. */
async function agreed(options: ConnectionOptions): Promise<string> {
  const socket = connect({ host: 'localhost', port: tlsPort, ca, ...options });
  try {
    await once(socket, 'secureConnect');
    return socket.getProtocol()!;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    socket.destroy();
  }
}

it.each(['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const)('[PLT-089] %s is not spoken', async version => {
  // Older versions are off in the client too, unless it lowers what it takes for safe.
  const old = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' };
  expect(await agreed(old)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
});

it('[PLT-089] TLS 1.3 is, also to a client that would take less', async () => {
  expect(await agreed({ minVersion: 'TLSv1.2' })).toBe('TLSv1.3');
});

it('[PLT-089] the whole product is behind it: somebody signs in, and the cookie is for TLS alone', async () => {
  const body = JSON.stringify({ tenant: app.tenant.slug, username: 'manager', password });
  const origin = `https://localhost:${tlsPort}`;
  const headers = { 'Content-Type': 'application/json', Origin: origin };
  const asked = request(`${origin}/api/auth/signin`, { ca, method: 'POST', headers }).end(body);
  const [answer] = (await once(asked, 'response')) as [{ statusCode: number; headers: Record<string, string[]> }];
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['set-cookie']).toEqual(expect.arrayContaining([expect.stringMatching(/; Secure/)]));
});
