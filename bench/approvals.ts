import type { Figure } from '../bin/docs/figure.ts';
import type { Measured } from './closed-loop.ts';
import { compared, percentile } from './figures.ts';
import { bareFlows, productFlows, runFlows } from './flows.ts';
import type { Sizes } from './main.ts';
import { makeCompany } from './people.ts';
import type { Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

const atOnce = 20;

/** Approvals from question to end, over the same rows written by a plain workflow on the same servers. */
export async function measureApprovals(rig: Rig, { flows: count, rounds }: Sizes): Promise<Figure[]> {
  const database = await rig.database('bench_flows');
  const who = await makeCompany(database);
  const [ours, bare] = [await productFlows(rig, database, who), await bareFlows(rig, database, who)];
  const workers = [await ours.worker(), await bare.worker()];
  const measured = await interleaved(rounds, {
    ours: () => runFlows(ours, atOnce, count),
    bare: () => runFlows(bare, atOnce, count),
  });
  await Promise.all([ours.stop(), bare.stop(), ...workers.map(worker => worker.stop())]);
  const p95 = (m: Measured): number => percentile(m.latencies, 0.95);
  const against = 'raw Temporal SDK, the same rows';
  const whole = { name: `Approvals from question to end, ${atOnce} at once: a second`, unit: '/s', against } as const;
  const end = { name: `Decision to the end of the approval, ${atOnce} at once: p95`, unit: 'ms', against } as const;
  return [
    compared(whole, { atLeast: 0.85 }, measured.ours.map(m => m.perSecond), measured.bare.map(m => m.perSecond)),
    compared(end, { atMost: 1.2 }, measured.ours.map(p95), measured.bare.map(p95)),
  ];
}
