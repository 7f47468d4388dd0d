import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connected, urlFor } from '../../../bin/database-roles.ts';
import { freePort } from '../../../bin/port.ts';
import { keptSecrets } from '../../../bin/secrets.ts';
import { roleCodes } from '../../../domain/platform/role.ts';
import { povStatuses } from '../../../domain/pov/pov-status.ts';
import { until } from '../../kit/app.ts';
import { launchBrowser } from '../../kit/browser.ts';
import { signInByForm } from '../../kit/page.ts';
import { builtWeb } from '../../kit/services.ts';

const FIRST_START_MS = 480_000;
const NEXT_START_MS = 120_000;
const STOP_MS = 15_000;

const folder = mkdtempSync(join(tmpdir(), 'throughline-start-'));
/** A checkout of its own, whose packages and pages are there already; its data lie where they do for a newcomer. */
const checkout = join(folder, 'throughline');
const dataDir = join(checkout, '.data');

const stamp = '.throughline-installed';
function checkOut(): void {
  // Started by root, PostgreSQL runs as another user, who must get in.
  chmodSync(folder, 0o755);
  const left = /^(node_modules|\.git|\.data|tests|docs|bench|web\/(\.svelte-kit|\.building))(\/|$)/;
  cpSync('.', checkout, { recursive: true, filter: (path) => !left.test(relative('.', path)) });
  // Its packages are links to ours, as if its hook had installed them before.
  const modules = join(checkout, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync('node_modules')) {
    if (name !== stamp) symlinkSync(resolve('node_modules', name), join(modules, name));
  }
  writeFileSync(join(modules, stamp), createHash('sha256').update(readFileSync('package-lock.json')).digest('hex'));
}

/** The environment of somebody's shell: nothing of Jest's, nor of the npm that runs it. */
function shell(): Record<string, string | undefined> {
  const { PATH = '', HOME, TEMPORAL_CLI } = process.env;
  const own = PATH.split(delimiter).filter((place) => !place.includes('node_modules'));
  return { PATH: own.join(delimiter), HOME, TEMPORAL_CLI };
}

/** What watches over the children is the last to go, when it sees that they are gone. */
const nothingLeft = (of: Start): Promise<void> =>
  until('no process is left', async () => of.processes().length === 0, STOP_MS);

/** A start of the whole product by its one command, with all that it prints. */
class Start {
  readonly child: ChildProcess;
  output = '';
  private readonly ended: Promise<unknown>;
  private readonly family: Set<string>;

  /** `npm`: as a newcomer does it; `foreground`: in a process group of its own, as a shell starts it. */
  constructor(env: Record<string, string>, { npm = false, foreground = false } = {}) {
    const [command, args] = npm ? ['npm', ['start']] : [process.execPath, ['bin/start.ts']];
    const all = { ...shell(), ...env };
    this.child = spawn(command, args, { cwd: checkout, env: all, stdio: 'pipe', detached: foreground });
    this.family = new Set([String(this.child.pid)]);
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

  /** What it said to have done, in the order of the alphabet. */
  steps(): string[] {
    return [...this.output.matchAll(/^ +✓ (.+) \([\d.:]+ (?:s|min)\)$/gm)].map((line) => line[1]!).sort();
  }

  /** What is left of it and of all that it was ever seen to have started, or that works in our folder. */
  processes(): string[] {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
    const all = table.split('\n').map((line) => line.trim().split(/\s+/));
    const rows = all.filter(([, , stat]) => !stat?.startsWith('Z'));
    // Again for each generation: a child may stand before its parent.
    for (let known = 0; known < this.family.size;) {
      known = this.family.size;
      for (const [pid, parent] of rows) if (this.family.has(parent!)) this.family.add(pid!);
    }
    const mine = (row: string): boolean => this.family.has(row.split(' ')[0]!) || row.includes(folder);
    return rows.map((row) => row.join(' ')).filter(mine);
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
  let env: Record<string, string>;
  let url: string;
  let start: Start;
  let password = '';

  beforeAll(async () => {
    await builtWeb();
    checkOut();
    const port = await freePort();
    url = `http://localhost:${port}`;
    env = { PORT: String(port) };
    start = new Start(env, { npm: true });
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
  /** Which migrations ran and when, and which tenants were made: what a start writes only once. */
  const madeOnce = async (): Promise<unknown[]> => {
    const port = readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[3];
    const { owner } = await keptSecrets(dataDir);
    const client = await connected(urlFor(`postgres://127.0.0.1:${port}`, 'throughline', owner, 'throughline'));
    const { rows } = await client.query(
      `select name, executed_at as at from mikro_orm_migrations
       union all select slug, created_at from tenant order by 1`,
    );
    await client.end();
    return rows;
  };

  test('says where it is, where the Temporal UI is, and who may sign in', async () => {
    expect(start.output).toMatch(/^> node bin\/bootstrap\.mjs$/m);
    expect(start.steps()).toEqual(['API, web and worker', 'Database schema', 'Demo tenant', 'PostgreSQL', 'Temporal']);
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

  test('[PLT-118] the pages show the demo tenant as any other: filtered, sorted, page by page', async () => {
    const browser = await launchBrowser();
    const page = await browser.newPage({ baseURL: url });
    await page.goto('/auth/signin');
    await signInByForm(page, 'admin', password);
    await page.waitForURL('**/dashboard');
    const shown = async (path: string): Promise<string[]> => {
      await page.goto(path);
      await page.locator('html[data-ready] tr[data-row]').first().waitFor();
      return page.locator('tr[data-row] .row-link').allInnerTexts();
    };
    const all = await list<{ opportunityName: string }>('admin', '/api/opportunities?pageSize=100');
    const named = '/api/opportunities?filter%5Bstage%5D=negotiation&sort=-opportunityName&pageSize=100';
    const { items } = await list<{ opportunityName: string }>('admin', named);
    expect([items.length > 1, items.length < all.total]).toEqual([true, true]);
    expect(await shown('/opportunities?stage=negotiation&sort=-opportunityName')).toEqual(
      items.map((deal) => deal.opportunityName),
    );
    const rows = page.locator('tr[data-row]');
    await page.goto('/admin/audit');
    await rows.first().waitFor();
    const first = await rows.first().innerText();
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.waitForURL('**/admin/audit?page=2');
    await until('the second page is there', async () => (await rows.first().innerText()) !== first, NEXT_START_MS);
    await browser.close();
  });

  test('a second start says in one line that it runs already, and does not disturb it', async () => {
    const second = new Start(env);
    expect(await second.end()).toBe(1);
    expect(second.output).toMatch(new RegExp(`^Throughline is already running at ${url} .*\n$`));
    const elsewhere = new Start({ ...env, DATA_DIR: join(folder, 'other') }, { npm: true });
    expect(await elsewhere.end()).toBe(1);
    // Npm says what it runs; the rest is ours.
    const said = elsewhere.output.replace(/^> .*\n|^\n/gm, '');
    expect(said).toMatch(/^Port \d+ is in use: .* as in PORT=3001 npm start\n$/);
    expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
  });

  const linux = process.platform === 'linux';
  const file = join(folder, 'file');
  test.each([
    ['a wrong variable', { LOG_LEVEL: 'loud' }, /^The environment is not valid\. LOG_LEVEL: .*\n$/],
    ['a missing tool', { TEMPORAL_CLI: '/nowhere/temporal' },
      /^TEMPORAL_CLI is \/nowhere\/temporal, which is not a working Temporal CLI\.$/m],
    ['an unreachable database', { DATABASE_URL: 'postgres://a:b@127.0.0.1:9/x' },
      /^No connection to PostgreSQL at 127\.0\.0\.1:9\/x as a: connect ECONNREFUSED/m],
    // File systems of the kernel have no room, and take no folder from anybody.
    ['a full disk', { DATA_DIR: linux ? '/proc' : '/dev' }, /^Not enough disk space at \/\w+: 300 MB are needed\.\n$/],
    ['a folder that nobody may write', { DATA_DIR: linux ? '/sys/data' : '/System/data' },
      /^Cannot write at \/\w+\/data\. Set DATA_DIR to a folder of yours\.\n$/],
    ['a file in the way', { DATA_DIR: file }, /^Cannot write at .*file\. Set DATA_DIR to a folder of yours\.\n$/],
    ['a file above it', { DATA_DIR: join(file, 'data') },
      /^Cannot write at .*data\. Set DATA_DIR to a folder of yours\.\n$/],
  ])('%s is one line', async (_, wrong, line) => {
    writeFileSync(file, '');
    const refused = new Start({ PORT: String(await freePort()), DATA_DIR: join(folder, 'wrong'), ...wrong });
    expect(await refused.end()).toBe(1);
    expect(refused.output).toMatch(line);
    expect(refused.output).not.toMatch(/^ +at /m);
    expect(start.processes().filter((row) => row.includes(join(folder, 'wrong')))).toEqual([]);
  });

  test('PostgreSQL and Temporal come back when they are killed', async () => {
    process.kill(Number(readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    process.kill(Number(readFileSync(join(dataDir, 'temporal.db.pid'), 'utf8')), 'SIGKILL');
    await start.prints('PostgreSQL is up again');
    await start.prints('Temporal is up again');
    expect(await povs()).toBeGreaterThan(0);
  });

  test('SIGTERM stops every child within 15 s; the next start has the data, and makes nothing twice', async () => {
    const [before, made] = [await povs(), await madeOnce()];
    expect(start.processes().length).toBeGreaterThan(4);
    const asked = performance.now();
    expect(await start.end('SIGTERM')).toBe(0);
    expect(performance.now() - asked).toBeLessThan(STOP_MS);
    await nothingLeft(start);
    start = new Start(env, { npm: true, foreground: true });
    await start.prints('Ctrl-C');
    expect(start.steps()).toEqual(['API, web and worker', 'Database schema', 'PostgreSQL', 'Temporal']);
    expect(start.output).not.toMatch(/Demo tenant|Web pages|Installing packages/);
    expect(start.output).toContain('as printed at the first start');
    expect([await povs(), await madeOnce()]).toEqual([before, made]);
  }, NEXT_START_MS);

  test('Ctrl-C, which every process of the terminal gets, leaves none behind', async () => {
    expect(start.processes().length).toBeGreaterThan(4);
    const asked = performance.now();
    expect(await start.ctrlC()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(STOP_MS);
    await nothingLeft(start);
    start = new Start(env);
    await start.prints('Ctrl-C');
  }, NEXT_START_MS);

  test('killed without a word it leaves no process behind', async () => {
    expect(start.processes().length).toBeGreaterThan(4);
    await start.end('SIGKILL');
    await nothingLeft(start);
  });
});
