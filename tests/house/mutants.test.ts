import { expect, it } from '@jest/globals';
import { withMutant, withoutMutant, type Guard, type Mutant } from '../kit/faults/run-mutant.ts';

/** Each safeguard, taken away in a run of its own, and the test that goes red without it. */
const safeguards: [name: string, mutant: Mutant, guard: Guard][] = [
  [
    'the lock on the row that is decided on',
    { file: 'db/approvals/approval.query.ts', from: ' for update', to: '' },
    { test: 'activities/approvals/decide-step.test.ts', title: 'counts once when it is made twenty times at once' },
  ],
  [
    'that lock and the proof of the version behind it',
    {
      file: 'db/approvals/approval.query.ts', from: ' for update', to: '',
      and: [{ file: 'db/platform/pool/lean-driver.ts', from: 'if (!rowCount) throw', to: 'if (rowCount === 9) throw' }],
    },
    { test: 'activities/approvals/decide-step.test.ts', title: 'counts once when it is made twenty times at once' },
  ],
  [
    'the validator of the updates of a process',
    { file: 'workflows/platform/updates.ts', from: 'if (whyNot) throw', to: 'if (!whyNot) throw' },
    { test: 'tests/scenarios/platform/hold.test.ts', title: 'that makes no sense is refused by the process itself' },
  ],
  [
    'the row of the idempotency key',
    { file: 'activities/platform/idempotency.ts', from: 'if (claimed.length) return null;', to: 'return null;' },
    { test: 'activities/platform/verb.test.ts', title: 'runs once for one key' },
  ],
  [
    'the policy of a table',
    { sql: 'alter policy tenant on milestone using (true) with check (true)' },
    { test: 'tests/house/schema.test.ts', title: 'the wrong tenant reads and writes no row of any table' },
  ],
  [
    'the tenant in each statement of the ORM',
    { file: 'db/platform/columns.ts', from: 'unknown>) => ({ tenantId })', to: 'unknown>) => ({})' },
    { test: 'activities/platform/verb.test.ts', title: 'names the tenant in its own statements' },
  ],
  [
    'the tenant of the session',
    {
      file: 'db/platform/pool/transaction.ts',
      from: '(tenantId)}, true)',
      to: '(tenantId)}, false)',
    },
    { test: 'activities/platform/verb.test.ts', title: 'sees no row without a tenant' },
  ],
  [
    'the audit',
    { file: 'activities/platform/verb.ts', from: 'if (!v.quiet) write', to: 'if (v.quiet) write' },
    { test: 'activities/platform/verb.test.ts', title: 'writes the change, one audit row' },
  ],
  [
    'the outbox',
    { file: 'activities/platform/verb.ts', from: 'flushOutbox(em, actor, now, moment.events);', to: '' },
    { test: 'activities/platform/verb.test.ts', title: 'writes the change, one audit row' },
  ],
  [
    'the lock on a stream',
    {
      file: 'activities/platform/outbox/outbox.ts',
      from: 'on conflict (entity_id) do update set seq = stream.seq + excluded.seq',
      to: 'on conflict (entity_id) do update set seq = excluded.seq',
    },
    { test: 'activities/platform/verb.test.ts', title: 'keeps seq gapless' },
  ],
  [
    'the rule that a verb asks',
    { file: 'activities/approvals/decide-step.ts', from: 'if (refusal) throw', to: 'if (!refusal) throw' },
    { test: 'activities/approvals/decide-step.test.ts', title: 'refuses others with 403' },
  ],
  [
    'the proof of the input',
    { file: 'activities/platform/verb.ts', from: 'input = v.input.parse(raw);', to: 'input = raw as never;' },
    { test: 'activities/platform/verb.test.ts', title: 'proves its input itself' },
  ],
  [
    'the permission',
    { file: 'activities/platform/verb.ts', from: `!allows(caller.actor.ability, v.needs)`, to: 'false' },
    { test: 'activities/platform/verb.test.ts', title: 'refuses who lacks the permission' },
  ],
  [
    'the lock on the last administrators',
    { file: 'activities/platform/identity/update-user.ts', from: 'order by id for update', to: 'order by id' },
    { test: 'tests/api/platform/identity/users.test.ts', title: 'who demote each other at once, one is refused' },
  ],
  [
    'the version that was seen',
    { file: 'activities/platform/lock-version.ts', from: 'bodyVersion !== row.version', to: 'false' },
    { test: 'activities/platform/lock-version.test.ts', title: 'refuses a stale body version as a conflict' },
  ],
  [
    'the lock of the leading relay',
    { file: 'activities/platform/outbox/relay.ts', from: 'pg_try_advisory_lock($1)', to: '$1::int is not null' },
    { test: 'activities/platform/outbox/relay.test.ts', title: 'of the relays of a database one leads' },
  ],
];

it.each(safeguards)('without %s a test goes red', async (_name, mutant, guard) => {
  const outcome = await withMutant(mutant, guard);
  expect(outcome).toEqual({ failed: [expect.stringContaining(guard.title)], passed: [] });
});

it('with all of them those tests are green', async () => {
  const outcomes = await withoutMutant(safeguards.map(([, , guard]) => guard));
  const tests = Map.groupBy(safeguards, ([, , guard]) => guard.test);
  for (const [test, guarded] of tests) {
    const titles = new Set(guarded.map(([, , { title }]) => title));
    const { passed, failed } = outcomes.get(test)!;
    expect([test, failed]).toEqual([test, []]);
    for (const title of titles) expect(passed).toContainEqual(expect.stringContaining(title));
  }
});

it('says so when a safeguard is written otherwise by now', async () => {
  const gone = { file: 'activities/platform/lock-version.ts', from: 'no such line', to: '' };
  const guard = { test: 'activities/platform/lock-version.test.ts', title: 'accepts neither' };
  expect(await withMutant(gone, guard)).toEqual({ passed: [], failed: [] });
});
