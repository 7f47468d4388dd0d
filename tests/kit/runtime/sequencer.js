import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/**
 * Begun last, one of these would still run when nothing else is left to do. Those that wait much, for an engine that is
 * away or for what it gives up, stand beside those that keep both processors busy: two that wait leave them idle.
 */
const long = [
  'browser/every-page', 'scenarios/crm/jobs-survive', 'scenarios/platform/killed', 'scenarios/platform/engine-away',
  'scenarios/platform/kills', 'scenarios/platform/steered-from-outside', 'scenarios/platform/relay',
  'scenarios/platform/survives', 'scenarios/platform/rolling-restart', 'house/verbs', 'house/fuzz', 'house/mutants',
  'browser/scripts', 'house/endpoints', 'browser/tables', 'scenarios/platform/db-seed', 'browser/crm/configured',
  'browser/shell', 'scenarios/platform/start', 'browser/newcomer', 'scenarios/platform/hold',
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
