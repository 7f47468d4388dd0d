import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../bin/child.ts';
import type { Figure } from '../bin/docs/figure.ts';
import { freePort } from '../bin/port.ts';
import { buildWeb } from '../bin/web-build.ts';
import { aloneTwice, bareStart, serversAlone } from './alone.ts';
import { compared, plain } from './figures.ts';
import type { Sizes } from './main.ts';
import { childrenOf, memoryOf, type Memory } from './memory.ts';
import { pause, root, untilAnswers, type Database, type Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

const password = 'a password of the bench';
/** What each part of `npm start` is known by in the list of processes. */
const parts = {
  API: 'api/main.ts', worker: 'activities/worker.ts', Temporal: 'server start-dev', PostgreSQL: 'postgres -D',
};
type Part = keyof typeof parts;
const partNames = Object.keys(parts) as Part[];
/** After a start there is more to do than to answer. */
const restMs = 5_000;

/** What each part is compared with when it is killed. */
const against: Record<Part, string> = {
  API: 'a bare server, started again',
  worker: 'a bare worker of the SDK, started again',
  Temporal: 'the same server by itself, started again',
  PostgreSQL: 'the same server by itself, started again',
};

/** `npm start` on empty data and again, and how long the product is away when one of its parts is killed. */
export async function measureProduct(rig: Rig, { kills }: Sizes): Promise<Figure[]> {
  // Built once for each version of the sources, by whichever start comes first.
  await buildWeb(root);
  const database = await rig.database('bench_product');
  const starts = await interleaved(kills, {
    ours: () => inFolder(twice),
    alone: () => inFolder(folder => aloneTwice(rig, database, folder)),
  });
  const away = await inFolder(folder => outages(rig, database, folder, kills));
  const all = <K extends keyof Twice>(key: K) => ({
    ours: starts.ours.map(turn => turn[key]), alone: starts.alone.map(turn => turn[key]),
  });
  const [cold, warm, memory] = [all('cold'), all('warm'), all('memory')];
  const servers = 'PostgreSQL and Temporal by themselves';
  return [
    compared({
      name: 'Start on empty data until it answers', unit: 's', against: servers,
      note: 'with the demo tenant, the pages being built',
    }, {}, cold.ours, cold.alone),
    compared({ name: 'Start on the data of the first', unit: 's', against: servers }, {}, warm.ours, warm.alone),
    ...partNames.map(part => compared(
      { name: `Kill -9 of ${part} until an approval asked for then is open`, unit: 's', against: against[part] }, {},
      away.ours.map(turn => turn[part]), away.alone.map(turn => turn[part]),
    )),
    ...partNames.map(part => {
      const [name, ours] = [`Memory of ${part} at rest`, memory.ours.map(of => of[part]!)];
      const bare = memory.alone.flatMap(of => of[part] ?? []);
      if (!bare.length) return plain({ name, unit: 'MB' }, ours);
      return compared({ name, unit: 'MB', against: `a bare ${part === 'API' ? 'server' : 'worker'}` }, {}, ours, bare);
    }),
  ];
}

interface Twice {
  cold: number;
  warm: number;
  memory: Memory;
}

/** Started on nothing, and again. */
async function twice(folder: string): Promise<Twice> {
  const cold = await started(folder);
  await cold.stop();
  const warm = await started(folder);
  await pause(restMs);
  const pid = (part: Part): number => pidOf(warm, part);
  const servers = { PostgreSQL: pid('PostgreSQL'), Temporal: pid('Temporal') };
  const memory = memoryOf({ servers }, { API: { pid: pid('API') }, worker: { pid: pid('worker') } });
  await warm.stop();
  return { cold: cold.seconds, warm: warm.seconds, memory };
}

async function outages(
  rig: Rig, database: Database, folder: string, kills: number,
): Promise<Record<'ours' | 'alone', Record<Part, number>[]>> {
  const product = await started(join(folder, 'product'));
  const alone = await serversAlone(join(folder, 'alone'));
  const user = await signedIn(product.url);
  const measured = await interleaved(kills, {
    ours: () => eachPart(part => outage(product, user, part)),
    alone: () => eachPart(part => (part === 'API' || part === 'worker'
      ? bareStart(rig, database, part) : alone.killed(part))),
  });
  await Promise.all([product.stop(), alone.stop()]);
  return measured;
}

async function eachPart(measure: (part: Part) => Promise<number>): Promise<Record<Part, number>> {
  const seconds: Partial<Record<Part, number>> = {};
  for (const part of partNames) seconds[part] = await measure(part);
  return seconds as Record<Part, number>;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  await chmod(folder, 0o755);
  return work(folder).finally(() => rm(folder, { recursive: true, force: true }));
}

interface Product {
  url: string;
  child: Child;
  seconds: number;
  stop(): Promise<void>;
}

async function started(folder: string): Promise<Product> {
  const port = String(await freePort());
  const { PATH, HOME, TEMPORAL_CLI } = process.env;
  const env = {
    PATH, HOME, TEMPORAL_CLI, PORT: port, DATA_DIR: folder, DEMO_PASSWORD: password,
    TEMPORAL_UI_PORT: String(await freePort()),
  };
  const began = performance.now();
  const log = join(folder, 'start.log');
  const child = await startChild({ command: process.execPath, args: [join(root, 'bin', 'start.ts')], env, log });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(`${url}/api/health/ready`, 300_000);
  return { url, child, seconds: (performance.now() - began) / 1000, stop: () => child.stop(20_000) };
}

interface User {
  id: string;
  token: string;
}

async function signedIn(url: string): Promise<User> {
  const body = JSON.stringify({ username: 'admin', password });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/api/auth/signin`, { method: 'POST', headers, body });
  const { accessToken, user } = (await answer.json()) as { accessToken: string; user: { id: string } };
  return { id: user.id, token: accessToken };
}

/** From the kill until the product takes an approval and its process has opened it: all four parts must be at work. */
async function outage(product: Product, user: User, part: Part): Promise<number> {
  const victim = pidOf(product, part);
  const began = performance.now();
  process.kill(victim, 'SIGKILL');
  const key = `bench-${victim}-${began}`;
  const id = await asked(product.url, user, key);
  await untilTrue(async () => {
    const answer = await call(product.url, user, `/api/workflows/instances/${id}`);
    const instance = (await answer.json()) as { steps?: { openedAt: string | null }[] };
    return answer.ok && Boolean(instance.steps?.[0]?.openedAt);
  });
  return (performance.now() - began) / 1000;
}

/** Asks again and again under one key, as a client does that must not ask twice. */
async function asked(url: string, { id, token }: User, key: string): Promise<string> {
  const body = {
    referenceType: 'invoice', referenceId: crypto.randomUUID(), title: 'Setup',
    steps: [{ name: 'Manager', assigneeIds: [id] }],
  };
  let made: { id: string } | undefined;
  await untilTrue(async () => {
    const answer = await call(url, { id, token }, '/api/workflows/instances', { key, body });
    if (answer.ok) made = (await answer.json()) as { id: string };
    return answer.ok;
  });
  return made!.id;
}

function call(url: string, { token }: User, path: string, post?: { key: string; body: unknown }): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  return fetch(url + path, {
    signal: AbortSignal.timeout(5_000),
    ...(post
      ? { method: 'POST', headers: { ...headers, 'Idempotency-Key': post.key }, body: JSON.stringify(post.body) }
      : { headers }),
  });
}

async function untilTrue(holds: () => Promise<boolean>, limitMs = 120_000): Promise<void> {
  for (const end = Date.now() + limitMs; Date.now() < end; await pause(50))
    if (await holds().catch(() => false)) return;
  throw new Error('The product did not come back');
}

function pidOf(product: Product, part: Part): number {
  const pid = childrenOf(product.child.pid).find(each => commandOf(each).includes(parts[part]));
  if (!pid) throw new Error(`${part} does not run`);
  return pid;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
