import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Begun last, one of these would still run when nothing else is left to do. */
const long = [
  'browser/every-page', 'scenarios/platform/kills', 'house/fuzz', 'scenarios/platform/killed', 'house/endpoints',
  'browser/tables', 'house/verbs', 'browser/shell', 'house/mutants', 'browser/newcomer', 'scenarios/platform/start',
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
