import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../bin/port.ts';
import { startPostgres, type Postgres } from '../../bin/postgres.ts';
import { startTemporal, type Temporal } from '../../bin/temporal.ts';
import { startTemporalServer } from '../../bin/production/temporal-server.ts';
import { migrate } from '../../db/platform/migrate.ts';
import { openOrm } from '../../db/platform/orm.ts';
import { makeTenant, type TestTenant } from './people.ts';
import { compiled } from './program.ts';
import { builtWeb } from './services.ts';
import { inProductionShape } from './shape.ts';
import { until } from './until.ts';
import { bundleFolder } from './worker-process.ts';

const keepCompiled = new URL('./faults/keep-compiled.ts', import.meta.url).href;

export const parts = ['postgres', 'temporal', 'api-0', 'api-1', 'worker-0', 'worker-1'] as const;
export type Part = (typeof parts)[number];

/** The production shape as processes of this machine: two APIs and two workers on a PostgreSQL and a Temporal. */
export interface Cluster {
  urls: string[];
  ownerUrl: string;
  temporalAddress: string;
  tenants: TestTenant[];
  /** Ends the part at once, as a power cut would; it stays down. */
  kill(part: Part): Promise<void>;
  /** Asks it to stop as a deploy does, and waits until it has. */
  stopGently(part: Part): Promise<void>;
  start(part: Part): Promise<void>;
  /** Waits until every API says that all it needs is there. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  await builtWeb();
  const folder = mkdtempSync(join(tmpdir(), 'throughline-cluster-'));
  // Started by root, PostgreSQL runs as another user, who must get in.
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataDir: folder });
  const temporal = await startEngine(folder, postgres);
  await migrate(postgres.ownerUrl);
  const orm = await openOrm(postgres.appUrl, 4);
  const tenants = [await makeTenant({ frozen: false }), await makeTenant({ frozen: false })];
  await orm.close();
  const ports = [await freePort(), await freePort()];
  const running = new Running({ folder, bundles: await bundleFolder(), postgres, temporal, ports });
  for (const part of ['api-0', 'api-1', 'worker-0', 'worker-1'] as const) await running.start(part);
  await running.ready();
  return Object.assign(running, { ownerUrl: postgres.ownerUrl, temporalAddress: temporal.address, tenants });
}

/** The development server on a file, or in the production shape the server on PostgreSQL; at the port that it had. */
function startEngine(folder: string, { adminUrl }: Postgres, port?: number): Promise<Temporal> {
  if (inProductionShape()) return startTemporalServer({ folder, adminUrl: adminUrl! });
  return startTemporal({ dataDir: folder, cli: process.env['TEMPORAL_CLI'], port });
}

interface Servers {
  folder: string;
  /** Where the workers find the bundle of workflows. */
  bundles: string;
  postgres: Postgres;
  temporal: Temporal;
  ports: number[];
}

class Running {
  readonly urls: string[];
  readonly #servers: Servers;
  readonly #programs = new Map<Part, ChildProcess>();

  constructor(servers: Servers) {
    this.#servers = servers;
    this.urls = servers.ports.map(port => `http://127.0.0.1:${port}`);
  }

  async kill(part: Part): Promise<void> {
    const { folder, postgres, temporal } = this.#servers;
    if (part === 'postgres') {
      process.kill(Number(readFileSync(join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
      await postgres.exited;
    } else if (part === 'temporal') {
      process.kill(temporal.pid!, 'SIGKILL');
      await temporal.exited;
    } else await this.#end(part, 'SIGKILL');
  }

  stopGently(part: Part): Promise<void> {
    return this.#end(part, 'SIGTERM');
  }

  async start(part: Part): Promise<void> {
    const { folder, postgres, temporal } = this.#servers;
    const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));
    if (part === 'postgres') this.#servers.postgres = await startPostgres({ dataDir: folder, port: postgres.port });
    else if (part === 'temporal')
      this.#servers.temporal = await startEngine(folder, postgres, portOf(temporal.address));
    else this.#startProgram(part);
  }

  async ready(): Promise<void> {
    const isReady = (url: string): Promise<boolean> =>
      fetch(`${url}/api/health/ready`).then(answer => answer.ok, () => false);
    const all = async (): Promise<boolean> => (await Promise.all(this.urls.map(isReady))).every(Boolean);
    await until('the cluster is ready', all, 120_000);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#programs.keys()].map(part => this.#end(part, 'SIGTERM')));
    await this.#servers.temporal.stop();
    await this.#servers.postgres.stop();
    rmSync(this.#servers.folder, { recursive: true, force: true });
  }

  async #end(part: Part, signal: NodeJS.Signals): Promise<void> {
    const child = this.#programs.get(part);
    this.#programs.delete(part);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** One that ends by itself, as a worker whose Temporal is away when it starts, is started again, as compose does. */
  #startProgram(part: Exclude<Part, 'postgres' | 'temporal'>): void {
    const [kind, n] = part.split('-') as ['api' | 'worker', string];
    const { folder, bundles, postgres, temporal, ports } = this.#servers;
    const script = kind === 'api' ? 'api/main.ts' : 'activities/worker.ts';
    const child = spawn(process.execPath, ['--import', keepCompiled, script], {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        PORT: String(ports[Number(n)]),
        ORIGIN: this.urls[0],
        DRAIN_SECONDS: '1',
        DATA_DIR: kind === 'worker' ? bundles : join(folder, part),
        APP_DATABASE_URL: postgres.appUrl,
        RELAY_DATABASE_URL: postgres.relayUrl,
        TEMPORAL_ADDRESS: temporal.address,
        SESSION_SECRET: 'a secret of the tests, long enough for everyone',
        RATE_LIMIT_PER_MINUTE: '1000000',
        SIGNIN_LIMIT_PER_MINUTE: '100000',
        LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
        NODE_COMPILE_CACHE: compiled,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.#programs.set(part, child);
    child.once('exit', () => setTimeout(() => this.#programs.get(part) === child && this.#startProgram(part), 1_000));
  }
}
