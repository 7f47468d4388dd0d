import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import { log } from '../../activities/platform/log.ts';
import { type Config, ConfigError, required } from '../../db/platform/config.ts';

/** A certificate lasts months; a renewed one is taken up within this time, without a restart. */
const RENEWED_MS = 3_600_000;

/** The same product behind TLS 1.3, and nothing older (PLT-089), where a port for it is set. */
export async function serverWithTls(app: RequestListener, config: Config): Promise<Server | undefined> {
  if (config.TLS_PORT === undefined) return undefined;
  const { TLS_CERT_FILE, TLS_KEY_FILE } = required(config, 'TLS_CERT_FILE', 'TLS_KEY_FILE');
  const certificate = async (): Promise<{ cert: Buffer; key: Buffer }> => {
    const [cert, key] = await Promise.all([readFile(TLS_CERT_FILE), readFile(TLS_KEY_FILE)]);
    return { cert, key };
  };
  const first = await certificate().catch((error: Error) => {
    throw new ConfigError(`The environment is not valid. TLS_CERT_FILE, TLS_KEY_FILE: ${error.message}.`);
  });
  const server = createServer({ ...first, minVersion: 'TLSv1.3' }, app);
  const renew = setInterval(() => {
    certificate().then(renewed => server.setSecureContext({ ...renewed, minVersion: 'TLSv1.3' })).catch(
      (error: unknown) => log.error({ error }, 'The certificate could not be read anew; the former one stays'),
    );
  }, RENEWED_MS).unref();
  return server.once('close', () => clearInterval(renew));
}
