import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Begun last, one of these would still run when nothing else is left to do. */
const long = [
  'browser/every-page', 'scenarios/platform/kills', 'house/verbs', 'scenarios/crm/jobs-survive',
  'scenarios/platform/killed', 'house/fuzz', 'house/mutants', 'browser/scripts', 'house/endpoints',
  'scenarios/platform/engine-away', 'browser/tables', 'scenarios/platform/db-seed', 'browser/crm/configured',
  'browser/shell', 'scenarios/platform/start', 'browser/newcomer', 'scenarios/platform/hold',
  'scenarios/platform/steered-from-outside',
];
const place = ({ path }) => long.findIndex(name => path.endsWith(`tests/${name}.test.ts`));

/** The longest suites first, on a machine that has never seen them too. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const first = sorted.filter(test => place(test) >= 0).sort((a, b) => place(a) - place(b));
    return [...first, ...sorted.filter(test => place(test) < 0)];
  }
}
