import { callerOf, closedLoop, type Measured } from './closed-loop.ts';
import { inboxOf, secondReader } from './decisions.ts';
import { compared, percentile, type Figure, type Goal } from './figures.ts';
import { heldBack } from './held-back.ts';
import { loadPovs } from './load.ts';
import type { Sizes } from './main.ts';
import { makeCompany } from './people.ts';
import type { Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

const clients = 50;

/** From asking for a decision until somebody else can read it, over a bare server that writes the same rows. */
export async function measureDecisions(rig: Rig, { ms, rounds }: Sizes): Promise<Figure[]> {
  const database = await rig.database('bench_decide');
  const who = await makeCompany(database);
  await loadPovs(database, who, 1_000);
  const relay = await heldBack(database);
  const [api, server] = [await rig.api(database), await rig.bare('server', database)];
  const [ours, bare] = [callerOf(api.url, clients), callerOf(server.url, clients)];
  const [inbox, reader] = [inboxOf(database, who), await secondReader(database, who.tenantId, clients)];
  const turn = async (by: typeof ours, at: 'product' | 'bare'): Promise<Measured> => {
    await inbox.fill(ms * 2);
    return closedLoop({ clients, ms, act: async () => reader.sees(await inbox.approve(by, at)) });
  };
  const inTurns = (): Promise<Record<'ours' | 'bare', Measured[]>> =>
    interleaved(rounds, { ours: () => turn(ours, 'product'), bare: () => turn(bare, 'bare') });
  const byItself = await inTurns();
  await relay.end();
  const told = await inTurns();
  await reader.close();
  ours.close();
  bare.close();
  await Promise.all([api.stop(), server.stop()]);
  return [
    ...figuresOf(byItself, '', { atMost: 1.5 }),
    // The same once more with what comes after the commit: each approval's process is told in the engine.
    ...figuresOf(told, ', its process told in the engine', {}),
  ];
}

function figuresOf(measured: Record<'ours' | 'bare', Measured[]>, andThen: string, goal: Goal): Figure[] {
  const p95 = (m: Measured): number => percentile(m.latencies, 0.95);
  const against = 'bare Express + pg, the same rows in one transaction';
  const name = `Decision until a second reader sees it${andThen}, ${clients} at once`;
  const about = { name: `${name}: p95`, unit: 'ms', against } as const;
  const perSecond = { name: `${name}: a second`, unit: '/s', against } as const;
  return [
    compared(about, goal, measured.ours.map(p95), measured.bare.map(p95)),
    compared(perSecond, {}, measured.ours.map(m => m.perSecond), measured.bare.map(m => m.perSecond)),
  ];
}
