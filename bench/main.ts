import { parseArgs } from 'node:util';
import { join } from 'node:path';
import type { Figure } from '../bin/docs/figure.ts';
import { command, Failure } from '../bin/failure.ts';
import { exitCodeOf, keepFigures, table } from './figures.ts';
import { measureApprovals } from './approvals.ts';
import { measureContacts } from './contacts.ts';
import { measureDecisions } from './decide.ts';
import { measureDuplicates } from './duplicates.ts';
import { measureGrowth, measureParked } from './growth.ts';
import { measureImport } from './import.ts';
import { measureLists } from './list.ts';
import { measureMixed } from './mixed.ts';
import { measureProduct } from './product.ts';
import { measureRecovery } from './recovery.ts';
import { measureReports } from './reports.ts';
import { type Rig, root, startRig } from './rig.ts';
import { measureSearch } from './search.ts';
import { measureScripts } from './scripts.ts';
import { measureTable } from './table.ts';

/** How much is measured, and how long. */
export interface Sizes {
  povs: number;
  /** Of the databases that growth is measured on, the smallest first. */
  sizes: number[];
  /** Of each turn of a round. */
  ms: number;
  rounds: number;
  /** Approvals of one turn. */
  flows: number;
  /** Approvals under way at a kill, and how often is killed. */
  open: number;
  kills: number;
  /** Processes that wait while growth is measured. */
  parked: number;
  /** People at work, and how long they read between two clicks. */
  many: number;
  few: number;
  thinkMs: number;
  mixedMs: number;
  /** Rows of one import. */
  imported: number;
  /** Of the list of contacts, which is measured against a small one too. */
  contacts: number;
  /** Contacts of a base that is looked through whole; merges of one turn. */
  scanned: number;
  merges: number;
}
const whole: Sizes = {
  povs: 100_000, sizes: [1_000, 10_000, 100_000], ms: 4_000, rounds: 7, flows: 150, open: 50, kills: 3,
  parked: 5_000, many: 1_000, few: 50, thinkMs: 20_000, mixedMs: 60_000, imported: 100_000,
  contacts: 1_000_000, scanned: 10_000, merges: 100,
};
const quick: Sizes = {
  povs: 10_000, sizes: [1_000, 10_000], ms: 1_500, rounds: 3, flows: 60, open: 20, kills: 1,
  parked: 200, many: 200, few: 10, thinkMs: 10_000, mixedMs: 20_000, imported: 10_000,
  contacts: 50_000, scanned: 1_000, merges: 25,
};

const benches: Record<string, (rig: Rig, sizes: Sizes) => Promise<Figure[]>> = {
  list: measureLists,
  search: measureSearch,
  contacts: measureContacts,
  duplicates: measureDuplicates,
  reports: measureReports,
  growth: measureGrowth,
  parked: measureParked,
  mixed: measureMixed,
  decide: measureDecisions,
  recovery: measureRecovery,
  approvals: measureApprovals,
  import: measureImport,
  product: measureProduct,
  scripts: measureScripts,
  table: measureTable,
};
const options = {
  quick: { type: 'boolean', default: false },
  out: { type: 'string' },
  note: { type: 'string' },
} as const;
const reading =
  'Every process under measurement, the servers and the clients share this machine. Each ratio is of one run.';

/** `npm run bench [-- --quick] [-- names of benches]`: each figure as a ratio within the run. */
await command(async () => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const names = positionals.length ? positionals : Object.keys(benches);
  const unknown = names.find(name => !benches[name]);
  if (unknown) throw new Failure(`No such bench: ${unknown}; there are ${Object.keys(benches).join(', ')}`);
  const rig = await startRig();
  const figures: Figure[] = [];
  const path = values.out ?? join(root, 'bench', 'results.json');
  const note = [reading, values.note].filter(Boolean).join(' ');
  try {
    for (const name of names) {
      const measured = await benches[name]!(rig, values.quick ? quick : whole).catch((error: unknown) => {
        console.error(`${name} failed:`, error);
        process.exitCode = 1;
        return [];
      });
      figures.push(...measured);
      if (!measured.length) continue;
      console.log(`\n${table(measured)}\n`);
      const taken = { bench: name, at: new Date().toISOString(), quick: values.quick };
      await keepFigures(path, measured.map(figure => ({ ...figure, ...taken })), note);
    }
  } finally {
    await rig.stop();
  }
  console.log(`${table(figures)}\n\nKept in ${path}`);
  if (exitCodeOf(figures)) process.exitCode = 1;
});
