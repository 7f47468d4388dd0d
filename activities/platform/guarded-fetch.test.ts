import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guardedFetch } from './guarded-fetch.ts';
import { isPrivateAddress } from './private-address.ts';

describe('addresses that are not to be asked', () => {
  it.each(
    `127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1
     255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::7f00:1 64:ff9b::a00:1 2002:a00:1::
     fc00::1 fd12::1 fe80::1 ff02::1 no-address`
      .split(/\s+/)
      .map(a => [a]),
  )('%s', address => expect(isPrivateAddress(address)).toBe(true));

  it.each([['93.184.215.14'], ['172.32.0.1'], ['100.128.0.1'], ['2606:2800:21f::1'], ['::ffff:93.184.215.14']])(
    'but %s is',
    address => expect(isPrivateAddress(address)).toBe(false),
  );
});

describe('what is asked outside', () => {
  let server: Server, url: string, asked: number;
  beforeAll(async () => {
    asked = 0;
    server = createServer((req, res) => {
      asked += 1;
      if (req.url === '/large') res.end('x'.repeat(1_100_000));
      else if (req.url === '/away') res.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end();
      else if (req.url !== '/silent') res.end('hello');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });
  const ask = { method: 'GET', headers: {} };

  it.each(['http://', 'https://'])('is nothing inside by %s, neither by name nor by number', async protocol => {
    const before = asked;
    for (const host of ['localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])
      await expect(guardedFetch(false)(`${protocol}${host}:${new URL(url).port}/`, ask)).rejects.toMatchObject({
        name: 'PrivateAddressError',
      });
    expect(asked).toBe(before);
  });

  it('answers where that is allowed, follows nothing, and neither waits nor reads without end', async () => {
    const inside = guardedFetch(true);
    expect(await (await inside(`${url}/`, ask)).text()).toBe('hello');
    expect((await inside(`${url}/away`, ask)).status).toBe(302);
    await expect(inside(`${url}/large`, ask)).rejects.toThrow('too large');
    const signal = AbortSignal.timeout(50);
    await expect(inside(`${url}/silent`, { ...ask, signal })).rejects.toThrow(/abort|timeout/i);
  });
});
