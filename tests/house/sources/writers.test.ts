import { expect, test } from '@jest/globals';
import { isTest, plantedTree, readTree, type Tree } from '../tree.ts';

/** Who has a connection of its own, and why; everything else writes by a verb, so that what follows from it follows. */
const connections: Record<string, string> = {
  'activities/platform/outbox/relay.ts': 'stamps events, as a role that may do nothing else',
  'activities/platform/process/reconcile.ts': 'lists the tenants',
  'activities/platform/retention/archive-audit.ts': 'lists the tenants',
  'api/platform/health.routes.ts': 'asks whether the database answers',
  'api/platform/live/live-hub.ts': 'listens to what has been stamped',
  'api/platform/rate-limit.ts': 'counts callers',
  'db/platform/pool/transaction.ts': 'is what verbs run in',
  'db/platform/reader.ts': 'reads',
  'db/platform/pool/report-pool.ts': 'reads, for reports',
  'db/platform/cached.ts': 'listens to what has changed',
  'db/platform/orm.ts': 'opens it',
};
const connects = /\.fork\(|\.transactional\(|getNativeClient\(|new pg\.(Client|Pool)\b|\.getKysely\(|\.nativeInsert\(/;

const writersPastVerbs = (tree: Tree): string[] =>
  [...tree.values()]
    .filter(({ path, text }) => /^(activities|api|db|workflows)\//.test(path) && !isTest(path) && connects.test(text))
    .map(file => file.path)
    .filter(path => !(path in connections));

test('[PLT-009] nobody writes past the verbs', () => expect(writersPastVerbs(readTree())).toEqual([]));

test.each([
  ['activities/pov/rename-pov.ts', `await orm().em.fork().nativeUpdate(Pov, { id }, { title });`],
  ['api/pov/povs.routes.ts', `const db = new pg.Client({ connectionString });`],
  ['db/pov/povs.query.ts', `await source.em.transactional(tx => tx.persist(pov));`],
])('a way past them is found: %s', (path, text) => {
  expect(writersPastVerbs(plantedTree({ [path]: text }))).toEqual([path]);
});
