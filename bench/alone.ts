import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres, type Postgres } from '../bin/postgres.ts';
import { startTemporal, type Temporal } from '../bin/temporal.ts';
import { memoryOf, type Memory } from './memory.ts';
import { pause, type Database, type Rig } from './rig.ts';

type Server = 'PostgreSQL' | 'Temporal';
/** What the product stands on, without the product. */
interface Servers {
  seconds: number;
  /** Seconds until it answers again after a kill -9, started again at once. */
  killed(server: Server): Promise<number>;
  stop(): Promise<void>;
}

/** PostgreSQL and Temporal with their data in this folder. */
export async function serversAlone(folder: string): Promise<Servers> {
  await mkdir(folder, { recursive: true });
  const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));
  const open = {
    PostgreSQL: (before?: Postgres) => startPostgres({ dataDir: folder, port: before?.port }),
    Temporal: (before?: Temporal) => startTemporal({
      dataDir: folder, cli: process.env['TEMPORAL_CLI'], port: before && portOf(before.address),
    }),
  };
  const began = performance.now();
  let [postgres, temporal] = await Promise.all([open.PostgreSQL(), open.Temporal()]);
  const ended = async (pid: number, exited: Promise<string>): Promise<number> => {
    const killed = performance.now();
    process.kill(pid, 'SIGKILL');
    await exited;
    return killed;
  };
  return {
    seconds: secondsSince(began),
    killed: async server => {
      if (server === 'Temporal') {
        const killed = await ended(temporal.pid!, temporal.exited);
        temporal = await open.Temporal(temporal);
        return secondsSince(killed);
      }
      const [pid] = (await readFile(join(folder, 'pg', 'postmaster.pid'), 'utf8')).split('\n');
      const killed = await ended(Number(pid), postgres.exited);
      postgres = await open.PostgreSQL(postgres);
      return secondsSince(killed);
    },
    stop: async () => {
      await temporal.stop();
      await postgres.stop();
    },
  };
}

/** Both on nothing, and again; and what a bare server and a bare worker need of memory. */
export async function aloneTwice(
  rig: Rig, database: Database, folder: string,
): Promise<{ cold: number; warm: number; memory: Memory }> {
  const cold = await serversAlone(folder);
  await cold.stop();
  const warm = await serversAlone(folder);
  await warm.stop();
  const programs = { API: await rig.bare('server', database), worker: await rig.bare('worker', database) };
  await pause(2_000);
  const { API, worker } = memoryOf(rig, programs);
  await Promise.all(Object.values(programs).map(program => program.stop()));
  return { cold: cold.seconds, warm: warm.seconds, memory: { API: API!, worker: worker! } };
}

/** Seconds until a bare program answers. */
export async function bareStart(rig: Rig, database: Database, part: 'API' | 'worker'): Promise<number> {
  const began = performance.now();
  const program = await rig.bare(part === 'API' ? 'server' : 'worker', database);
  const seconds = secondsSince(began);
  await program.stop();
  return seconds;
}

const secondsSince = (began: number): number => (performance.now() - began) / 1000;
