import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connected } from '../../../bin/database-roles.ts';
import { signIn, type Client } from '../../kit/client.ts';
import { parts, startCluster, type Cluster } from '../../kit/cluster.ts';
import { startEntry } from '../../../bin/production/entry.ts';
import { brokenInvariants, brokenRows } from '../../kit/invariants.ts';
import { livePov, nothingYet } from '../../kit/load.ts';
import { password } from '../../kit/people.ts';
import { until } from '../../kit/app.ts';

let cluster: Cluster, entry: Awaited<ReturnType<typeof startEntry>>;
beforeAll(async () => {
  cluster = await startCluster();
  entry = await startEntry(cluster.urls);
  // It knows of no API that is ready before it has asked them.
  await until('it leads to one', async () => (await fetch(`${entry.url}/api/health/ready`)).status === 200);
}, 300_000);
afterAll(async () => {
  await entry?.close();
  await cluster?.stop();
}, 60_000);

it('[PLT-120] the sign-in page opens at the entry', async () => {
  const page = await fetch(`${entry.url}/auth/signin`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Sign in')]);
});

it('[PLT-106] a rolling restart of two APIs and two workers under load loses no request', async () => {
  const [tenant] = cluster.tenants;
  const as = (name: string): Promise<Client> => signIn(entry.url, tenant!.slug, name, password);
  const [manager, sales, sales2] = await Promise.all([as('manager'), as('sales'), as('sales2')]);
  const team = { manager: [manager], sales: [sales], sales2: [sales2], ids: tenant!.users };
  const told = nothingYet();
  const answers = new Map<number, number>();
  let restarting = true;
  const readers = Array.from({ length: 2 }, async () => {
    while (restarting) {
      const { status } = await manager.get('/api/povs?limit=20');
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  });
  const writers = Array.from({ length: 2 }, async (_, n) => {
    for (let i = 0; restarting; i += 1) await livePov(team, `Rolling ${n}.${i}`, told, { once: true });
  });
  for (const n of ['0', '1']) {
    for (const part of parts.filter(p => p.endsWith(`-${n}`))) {
      await cluster.stopGently(part);
      await cluster.start(part);
    }
    await cluster.ready();
  }
  restarting = false;
  await Promise.all([...readers, ...writers]);
  expect([...answers.keys()]).toEqual([200]);
  expect(told.unexpected).toEqual([]);
  expect(told.povs.length).toBeGreaterThan(0);
  const db = await connected(cluster.ownerUrl);
  const settled = until('all has settled', async () => (await brokenRows(db)).length === 0, 120_000);
  await settled.catch(() => {}).finally(() => db.end());
  expect(await brokenInvariants(cluster)).toEqual([]);
}, 300_000);
