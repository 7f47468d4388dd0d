import type { Figure } from '../bin/docs/figure.ts';
import { callerOf, closedLoop, type Measured } from './closed-loop.ts';
import { inboxOf, secondReader } from './decisions.ts';
import { compared, percentile, type Goal } from './figures.ts';
import { heldBack } from './held-back.ts';
import { loadPovs } from './load.ts';
import type { Sizes } from './main.ts';
import { processorsOf } from './memory.ts';
import { makeCompany } from './people.ts';
import type { Program, Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

const clients = 50;

interface Turn extends Measured {
  /** Milliseconds of a processor that each decision took in the server that writes, and in PostgreSQL. */
  processor: { server: number; PostgreSQL: number };
}

/** From asking for a decision until somebody else can read it, over a bare server that writes the same rows. */
export async function measureDecisions(rig: Rig, { ms, rounds }: Sizes): Promise<Figure[]> {
  const database = await rig.database('bench_decide');
  const who = await makeCompany(database);
  await loadPovs(database, who, 1_000);
  const relay = await heldBack(database);
  const [api, server] = [await rig.api(database), await rig.bare('server', database)];
  const [ours, bare] = [callerOf(api.url, clients), callerOf(server.url, clients)];
  const [inbox, reader] = [inboxOf(database, who), await secondReader(database, who.tenantId, clients)];
  const turn = async (by: typeof ours, at: 'product' | 'bare', writer: Program): Promise<Turn> => {
    await inbox.fill(ms * 2);
    const busy = processorsOf(rig, { server: writer });
    const began = performance.now();
    const done = await closedLoop({ clients, ms, act: async () => reader.sees(await inbox.approve(by, at)) });
    const each = (performance.now() - began) / done.latencies.length;
    const { server: writing, PostgreSQL } = busy();
    return { ...done, processor: { server: writing! * each, PostgreSQL: PostgreSQL! * each } };
  };
  const inTurns = (): Promise<Record<'ours' | 'bare', Turn[]>> =>
    interleaved(rounds, { ours: () => turn(ours, 'product', api), bare: () => turn(bare, 'bare', server) });
  const byItself = await inTurns();
  await relay.end();
  const told = await inTurns();
  await reader.close();
  ours.close();
  bare.close();
  await Promise.all([api.stop(), server.stop()]);
  return [
    ...figuresOf(byItself, '', { atMost: 1.5 }),
    ...figuresOfProcessors(byItself),
    // The same once more with what comes after the commit: each approval's process is told in the engine.
    ...figuresOf(told, ', its process told in the engine', {}),
  ];
}

const against = 'bare Express + pg, the same rows in one transaction';

const figuresOfProcessors = (measured: Record<'ours' | 'bare', Turn[]>): Figure[] =>
  (['server', 'PostgreSQL'] as const).map(part => {
    const name = `Processor time of a decision in ${part === 'server' ? 'the server' : part}`;
    const [ours, bare] = [measured.ours, measured.bare].map(turns => turns.map(turn => turn.processor[part]));
    return compared({ name, unit: 'ms', against }, {}, ours!, bare!);
  });

function figuresOf(measured: Record<'ours' | 'bare', Measured[]>, andThen: string, goal: Goal): Figure[] {
  const p95 = (m: Measured): number => percentile(m.latencies, 0.95);
  const name = `Decision until a second reader sees it${andThen}, ${clients} at once`;
  const about = { name: `${name}: p95`, unit: 'ms', against } as const;
  const perSecond = { name: `${name}: a second`, unit: '/s', against } as const;
  return [
    compared(about, goal, measured.ours.map(p95), measured.bare.map(p95)),
    compared(perSecond, {}, measured.ours.map(m => m.perSecond), measured.bare.map(m => m.perSecond)),
  ];
}
