import { setTimeout } from 'node:timers/promises';
import type { Figure } from '../bin/docs/figure.ts';
import { compared } from './figures.ts';
import { bareFlows, productFlows, type Flows } from './flows.ts';
import type { Sizes } from './main.ts';
import { makeCompany } from './people.ts';
import type { Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

/** How long the worker is at work on the decisions when it is killed. */
const atWorkMs = 100;

/** From a kill -9 of the worker, in the midst of work, until all approvals have ended with the next one. */
export async function measureRecovery(rig: Rig, { open, kills }: Sizes): Promise<Figure[]> {
  const database = await rig.database('bench_recovery');
  const who = await makeCompany(database);
  const [ours, bare] = [await productFlows(rig, database, who), await bareFlows(rig, database, who)];
  const measured = await interleaved(kills, { ours: () => recovered(ours, open), bare: () => recovered(bare, open) });
  await Promise.all([ours.stop(), bare.stop()]);
  const name = `Kill -9 of the worker with ${open} approvals under way, until all have ended`;
  const about = { name, unit: 's', against: 'raw Temporal SDK with its defaults' } as const;
  return [compared(about, { atMost: 0.25 }, measured.ours, measured.bare)];
}

async function recovered(flows: Flows, open: number): Promise<number> {
  const worker = await flows.worker();
  const ids = await Promise.all(Array.from({ length: open }, () => flows.open()));
  const approving = Promise.all(ids.map(id => flows.approve(id)));
  await setTimeout(atWorkMs);
  const killed = performance.now();
  await worker.kill();
  await approving;
  const next = await flows.worker();
  await Promise.all(ids.map(id => flows.closed(id)));
  const seconds = (performance.now() - killed) / 1000;
  await next.stop();
  return seconds;
}
