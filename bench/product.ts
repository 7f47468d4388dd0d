import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../bin/child.ts';
import type { Figure } from '../bin/docs/figure.ts';
import { freePort } from '../bin/port.ts';
import { buildWeb } from '../bin/web-build.ts';
import { plain } from './figures.ts';
import type { Sizes } from './main.ts';
import { childrenOf } from './memory.ts';
import { pause, root, untilAnswers, type Rig } from './rig.ts';

const password = 'a password of the bench';
/** What each part of `npm start` is known by in the list of processes. */
const parts = {
  API: 'api/main.ts', worker: 'activities/worker.ts', Temporal: 'server start-dev', PostgreSQL: 'postgres -D',
};
type Part = keyof typeof parts;

/** `npm start` on empty data and again, and how long the product is away when one of its parts is killed. */
export async function measureProduct(_rig: Rig, { kills }: Sizes): Promise<Figure[]> {
  // Built once for each version of the sources, by whichever start comes first.
  await buildWeb(root);
  const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  await chmod(folder, 0o755);
  try {
    const cold = await started(folder);
    await cold.stop();
    const warm = await started(folder);
    const away: Record<Part, number[]> = { API: [], worker: [], Temporal: [], PostgreSQL: [] };
    const user = await signedIn(warm.url);
    for (let n = 0; n < kills; n++)
      for (const part of Object.keys(parts) as Part[]) away[part].push(await outage(warm, user, part));
    await warm.stop();
    const about = 'with the demo tenant, the pages being built';
    return [
      plain({ name: 'Start on empty data until it answers', unit: 's', note: about }, [cold.seconds]),
      plain({ name: 'Start on the data of the first', unit: 's' }, [warm.seconds]),
      ...Object.entries(away).map(([part, seconds]) =>
        plain({ name: `Kill -9 of ${part} until an approval asked for then is open`, unit: 's' }, seconds)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
  const victim = childrenOf(product.child.pid).find(pid => commandOf(pid).includes(parts[part]));
  if (!victim) throw new Error(`${part} does not run`);
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

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
