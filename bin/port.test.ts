import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { freePort, portIsFree } from './port.ts';

let server: Server | undefined;
afterEach(() => { server?.close(); });

test.each(['127.0.0.1', '0.0.0.0'])('a port that somebody listens on at %s is not free', async (host) => {
  const port = await freePort();
  expect(await portIsFree(port)).toBe(true);
  server = createServer();
  await new Promise<void>((resolve) => { server?.listen(port, host, resolve); });
  expect(await portIsFree(port)).toBe(false);
  expect(await freePort(port)).not.toBe(port);
});
