import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../../../bin/port.ts';
import { roleCodes } from '../../../domain/platform/role.ts';
import { povStatuses } from '../../../domain/pov/pov-status.ts';

const FIRST_START_MS = 480_000;
const NEXT_START_MS = 120_000;
const STOP_MS = 15_000;

/** A start of the whole product by its one command, with all that it prints. */
class Start {
  readonly child: ChildProcess;
  output = '';
  private readonly ended: Promise<unknown>;

  /** `foreground`: in a process group of its own, as a shell starts it. */
  constructor(env: Record<string, string>, { foreground = false } = {}) {
    const { PATH, HOME, TEMPORAL_CLI } = process.env;
    const all = { PATH, HOME, TEMPORAL_CLI, ...env };
    this.child = spawn(process.execPath, ['bin/start.ts'], { env: all, stdio: 'pipe', detached: foreground });
    this.ended = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (text) => { this.output += text; });
  }

  async prints(text: string): Promise<void> {
    const ended = this.ended.then(() => { throw new Error(`It ended without "${text}":\n${this.output}`); });
    const printed = new Promise<void>((resolve) => {
      const look = (): void => { if (this.output.includes(text)) resolve(); };
      for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', look);
      look();
    });
    await Promise.race([printed, ended]);
  }

  /** A terminal sends SIGINT to the whole group, not to its leader alone. */
  async ctrlC(): Promise<number | null> {
    process.kill(-this.child.pid!, 'SIGINT');
    return this.end();
  }

  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal) this.child.kill(signal);
    await this.ended;
    return this.child.exitCode;
  }
}

describe('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-start-'));
  // Started by root, PostgreSQL runs as another user, who must get in.
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'data');
  let env: Record<string, string>;
  let url: string;
  let start: Start;
  let password = '';

  beforeAll(async () => {
    const port = await freePort();
    url = `http://localhost:${port}`;
    env = { PORT: String(port), DATA_DIR: dataDir };
    start = new Start(env);
    await start.prints('Ctrl-C');
  }, FIRST_START_MS);

  afterAll(async () => {
    await start.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  const signIn = async (username: string): Promise<Response> => fetch(`${url}/api/auth/signin`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username, password }),
  });
  const list = async <T = unknown>(username: string, path: string): Promise<{ items: T[]; total: number }> => {
    const { accessToken } = await (await signIn(username)).json() as { accessToken: string };
    const answer = await fetch(url + path, { headers: { authorization: `Bearer ${accessToken}` } });
    return await answer.json() as { items: T[]; total: number };
  };
  const povs = async (): Promise<number> => (await list('manager', '/api/povs')).total;
  /** Every process that works on our data folder or was started by it. */
  const processes = (): string[] => execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n').filter((line) => line.includes(dataDir) || line.includes(` ${start.child.pid} `));

  test('says where it is, where the Temporal UI is, and who may sign in', async () => {
    expect(start.output).toMatch(new RegExp(`^Throughline is ready at ${url}$`, 'm'));
    const ui = /Temporal UI +(\S+)/.exec(start.output)?.[1] ?? '';
    expect((await fetch(ui)).status).toBe(200);
    password = /Password +(\S+)/.exec(start.output)?.[1] ?? '';
    const users = /Sign in as +([^(]+) \(tenant demo\)/.exec(start.output)?.[1]?.split(', ') ?? [];
    expect(users).toEqual(expect.arrayContaining(['admin', 'manager', 'sales', 'readonly']));
    for (const user of users) expect([user, (await signIn(user)).status]).toEqual([user, 200]);
    expect(await povs()).toBeGreaterThan(0);
  });

  test('[PLT-125] the demo tenant has POVs of every status, work that waits, and every default', async () => {
    const all = await list<{ status: string }>('manager', '/api/povs?pageSize=100');
    expect(new Set(all.items.map((pov) => pov.status))).toEqual(new Set(povStatuses));
    for (const user of ['manager', 'sales2']) {
      const inbox = await list(user, '/api/workflows/instances?filter%5BwaitingForMe%5D=true');
      expect([user, inbox.total > 0]).toEqual([user, true]);
    }
    const open = await list<{ type: string }>('admin', '/api/processes?status=waiting&pageSize=100');
    expect(open.items.map((process) => process.type)).toEqual(expect.arrayContaining(['povLifecycle', 'approval']));
    const roles = await list<{ code: string }>('admin', '/api/admin/roles?pageSize=100');
    expect(roles.items.map((role) => role.code)).toEqual(expect.arrayContaining([...roleCodes]));
    expect((await list('admin', '/api/admin/phases')).total).toBeGreaterThan(0);
  });

  test('a second start says in one line that it runs already, and does not disturb it', async () => {
    const second = new Start(env);
    expect(await second.end()).toBe(1);
    expect(second.output).toMatch(new RegExp(`^Throughline is already running at ${url} .*\n$`));
    const elsewhere = new Start({ ...env, DATA_DIR: join(folder, 'other') });
    expect(await elsewhere.end()).toBe(1);
    expect(elsewhere.output).toMatch(/^Port \d+ is in use: .*\n$/);
    expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
  });

  test('a wrong variable, a missing tool and an unreachable database are one line each', async () => {
    const other = { PORT: String(await freePort()), DATA_DIR: join(folder, 'wrong') };
    const wrong = new Start({ ...other, LOG_LEVEL: 'loud' });
    expect([await wrong.end(), wrong.output.split('\n').length]).toEqual([1, 2]);
    expect(wrong.output).toContain('LOG_LEVEL');
    const noTool = new Start({ ...other, TEMPORAL_CLI: '/nowhere/temporal' });
    expect(await noTool.end()).toBe(1);
    expect(noTool.output).toContain('TEMPORAL_CLI is /nowhere/temporal, which is not a working Temporal CLI.');
    const noDatabase = new Start({ ...other, DATABASE_URL: 'postgres://a:b@127.0.0.1:9/x' });
    expect(await noDatabase.end()).toBe(1);
    expect(noDatabase.output).toContain('No connection to PostgreSQL at 127.0.0.1:9/x as a: connect ECONNREFUSED');
  });

  test('PostgreSQL and Temporal come back when they are killed', async () => {
    process.kill(Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    process.kill(Number(readFileSync(join(dataDir, 'temporal.db.pid'), 'utf8')), 'SIGKILL');
    await start.prints('PostgreSQL is up again');
    await start.prints('Temporal is up again');
    expect(await povs()).toBeGreaterThan(0);
  });

  test('SIGTERM stops every child within 15 s, and the next start has the data', async () => {
    const before = await povs();
    expect(processes().length).toBeGreaterThan(4);
    const asked = performance.now();
    expect(await start.end('SIGTERM')).toBe(0);
    expect(performance.now() - asked).toBeLessThan(STOP_MS);
    expect(processes()).toEqual([]);
    start = new Start(env, { foreground: true });
    await start.prints('Ctrl-C');
    expect(start.output).toContain('as printed at the first start');
    expect(await povs()).toBe(before);
  }, NEXT_START_MS);

  test('Ctrl-C, which every process of the terminal gets, leaves none behind', async () => {
    expect(processes().length).toBeGreaterThan(4);
    const asked = performance.now();
    expect(await start.ctrlC()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(STOP_MS);
    expect(processes()).toEqual([]);
    start = new Start(env);
    await start.prints('Ctrl-C');
  }, NEXT_START_MS);

  test('killed without a word it leaves no process behind', async () => {
    await start.end('SIGKILL');
    const deadline = performance.now() + STOP_MS;
    while (processes().length > 0 && performance.now() < deadline) await once(AbortSignal.timeout(100), 'abort');
    expect(processes()).toEqual([]);
  });
});
