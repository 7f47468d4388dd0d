import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { verbs } from '../../activities/index.ts';
import { processActor } from '../../activities/platform/as-activity.ts';
import { noteMail } from '../../activities/platform/mail/note-mail.ts';
import { noteStuck } from '../../activities/platform/process/note-stuck.ts';
import { showProcedure } from '../../activities/platform/process/show-procedure.ts';
import { run, verb, type AnyVerb } from '../../activities/platform/verb.ts';
import { createPov } from '../../activities/pov/create-pov.ts';
import { Role } from '../../db/platform/identity/role-permission.entity.ts';
import { sendMail } from '../../domain/platform/mail.contract.ts';
import { povLifecycle } from '../../domain/pov/pov-lifecycle.contract.ts';
import { fiftyDays } from '../kit/pov.fixture.ts';
import { bareTenant } from '../kit/tenant.ts';
import { approvalExamples } from './verb-examples/approvals.examples.ts';
import { activityExamples } from './verb-examples/activities.examples.ts';
import { webhookExamples } from './verb-examples/webhooks.examples.ts';
import { emailExamples } from './verb-examples/emails.examples.ts';
import { crmExamples } from './verb-examples/crm.examples.ts';
import { inventoryExamples } from './verb-examples/inventory.examples.ts';
import { platformExamples } from './verb-examples/platform.examples.ts';
import { povExamples } from './verb-examples/pov.examples.ts';
import { requestExamples, restoreExamples } from './verb-examples/requests.examples.ts';
import { openWorld, runInVain, type Example, type Examples, type World } from './verb-world.ts';

const examples: Examples = {
  ...platformExamples,
  ...approvalExamples,
  ...activityExamples,
  ...emailExamples,
  ...webhookExamples,
  ...crmExamples,
  ...inventoryExamples,
  ...povExamples,
  ...requestExamples,
  ...restoreExamples,
};
const registered: [string, AnyVerb][] = Object.entries(verbs);
const known = registered.filter(([name]) => examples[name]);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

/** Verbs without an example, and examples without a verb. */
const unpaired = (shown: string[], there: string[]): string[] => [
  ...there.filter(name => !shown.includes(name)).map(name => `${name} has no example`),
  ...shown.filter(name => !there.includes(name)).map(name => `${name} is no verb`),
];

it('every verb has an example, and every example its verb', () => {
  const [shown, there] = [Object.keys(examples), registered.map(([name]) => name)];
  expect(unpaired(shown, there)).toEqual([]);
  expect(unpaired([...shown, 'sellMoon'], [...there, 'buyMoon'])).toEqual([
    ...['buyMoon has no example', 'sellMoon is no verb'],
  ]);
});

/** Runs it twice; answers what the second run still changed. */
async function changedByTwin(v: AnyVerb, { input, as }: Example, key?: string): Promise<string[]> {
  const before = await world.trace();
  const first = await run(v, input, { ...as, key });
  const once = await world.trace();
  if (!v.name.startsWith('look-at')) expect([v.name, once]).not.toEqual([v.name, before]);
  const second = await run(v, input, { ...as, key });
  if (key !== undefined) expect(second).toEqual(first);
  return differing(once, await world.trace());
}

async function leftByVain(v: AnyVerb, example: Example): Promise<string[]> {
  const before = await world.trace();
  await runInVain(v, example);
  return differing(before, await world.trace());
}

const differing = (a: Record<string, string>, b: Record<string, string>): string[] =>
  Object.keys(a).filter(table => a[table] !== b[table]);

describe('[PLT-053] a verb that is run twice with one key has one effect and one answer', () => {
  it.each(known)('%s', async (name, v) => {
    expect(await changedByTwin(v, await examples[name]!(world), randomUUID())).toEqual([]);
  });
});

describe('a verb that workflows run may be run again without a key', () => {
  it.each(known.filter(([, v]) => v.needs === 'process'))('%s', async (name, v) => {
    const example = await examples[name]!(world);
    if (example.again === undefined) expect(await changedByTwin(v, example)).toEqual([]);
    else expect(await changedByTwin(v, example)).not.toEqual([]);
  });
});

describe('a verb whose transaction fails leaves no trace', () => {
  it.each(known)('%s', async (name, v) => {
    expect(await leftByVain(v, await examples[name]!(world))).toEqual([]);
  });
});

describe('[PLT-044] what a process says of itself late', () => {
  const started = async (): Promise<string> =>
    povLifecycle.id((await world.run(createPov, { title: 'To be noted', ...fiftyDays })).id);
  const since = Date.parse('2026-11-24T09:00:00Z');
  const stuck = (workflowId: string, as = world.process): Promise<unknown> =>
    world.run(noteStuck, { workflowId, step: 'act', reason: 'Not now', since }, as);
  /** As the verbs of messages say whether there will be another try. */
  const show = verb(
    {
      ...{ name: 'show', needs: 'process', quiet: true, output: z.null() },
      input: z.object({ workflowId: z.string(), open: z.boolean() }),
    },
    async (ctx, { workflowId, open }) => {
      const wait = { what: 'Waiting for the server', on: 'the server', since, then: 'it is sent' };
      const status = open ? 'queued' : 'sent';
      await showProcedure(ctx, workflowId, { status, open, problem: 'Away', wait });
      return null;
    },
  );
  const shows = (workflowId: string, open = true, as = world.process): Promise<unknown> =>
    world.run(show, { workflowId, open }, as);
  const rowOf = (workflowId: string) =>
    world.row<Record<string, unknown>>('select * from process where workflow_id = $1', [workflowId]);

  it('is said by processes alone, of their own tenant, and changes no other row', async () => {
    const workflowId = await started();
    const other = { actor: processActor((await bareTenant()).id, 'process:other') };
    const before = await world.trace();
    const boss = world.as('superadmin');
    for (const say of [() => stuck(workflowId, boss), () => shows(workflowId, false, boss)])
      await expect(say()).rejects.toMatchObject({ code: 'forbidden' });
    await stuck(workflowId, other);
    await shows(workflowId, false, other);
    await stuck(`${workflowId}0`);
    await shows(`${workflowId}0`, false);
    expect(differing(before, await world.trace())).toEqual([]);
    await stuck(workflowId);
    expect(await rowOf(workflowId)).toMatchObject({ status: 'waiting', stuck_reason: 'could not act: Not now' });
    await shows(workflowId);
    expect(await rowOf(workflowId)).toMatchObject({ status: 'waiting', stage: 'queued', stuck_reason: 'Away' });
  });

  it.each([
    ['has come to its end', `status = 'closed', result = 'LOST', closed_at = now()`],
    ['an administrator has ended', `status = 'failed', result = 'terminated', stuck_reason = 'Terminated'`],
  ])('opens none that %s; that it came to an end counts', async (_what, as) => {
    const workflowId = await started();
    await world.row(`update process set ${as} where workflow_id = $1`, [workflowId]);
    const before = await world.trace();
    await stuck(workflowId);
    await shows(workflowId);
    expect(differing(before, await world.trace())).toEqual([]);
    await shows(workflowId, false);
    expect(await rowOf(workflowId)).toMatchObject({ status: 'closed', result: 'sent', stuck_reason: null });
  });

  it('a mail whose outcome is told does not wait for another try', async () => {
    const { mailId } = (await examples['noteMail']!(world)).input as { mailId: string };
    const note = (status: 'queued' | 'unknown') =>
      world.run(noteMail, { mailId, status, problem: null }, world.process);
    await note('queued');
    expect(await rowOf(sendMail.id(mailId))).toMatchObject({ status: 'waiting' });
    await note('unknown');
    const before = await world.trace();
    await note('queued');
    expect(differing(before, await world.trace())).toEqual([]);
  });
});

describe('a fault that is planted is found:', () => {
  const input = z.object({ name: z.string() });
  const addRole = verb({ name: 'add-role', needs: 'process', input, output: z.null() }, async (ctx, { name }) => {
    ctx.em.create(Role, { id: ctx.id(), code: `${name}-${randomUUID()}`.slice(0, 50), name });
    return null;
  });
  const behind = verb({ name: 'behind', needs: 'process', input, output: z.null() }, async (ctx, { name }) => {
    // Past the transaction, as a careless client of its own would.
    await world.row('update tenant set name = $1 where id = $2', [`${name} ${randomUUID()}`, ctx.tenantId]);
    return null;
  });

  it('a verb of workflows that does it again', async () => {
    expect(await changedByTwin(addRole, { input: { name: 'x' }, as: world.process })).toContain('role');
  });
  it('a row that is added, changed, changed back or removed; not one that was only touched', async () => {
    const code = randomUUID().slice(0, 20);
    const changedBy = async (sql: string): Promise<string[]> => {
      const before = await world.trace();
      await world.row(sql, [code]);
      return differing(before, await world.trace());
    };
    const named = (name: string): string => `update role set name = '${name}' where code = $1`;
    const added = `insert into role (id, tenant_id, code, name, created_at, updated_at)
      select gen_random_uuid(), id, $1, 'One', now(), now() from tenant limit 1`;
    expect(await changedBy(added)).toEqual(['role']);
    const then = await world.trace();
    expect(await changedBy(`update role set updated_at = now() + interval '1 s' where code = $1`)).toEqual([]);
    expect(await changedBy(named('Two'))).toEqual(['role']);
    expect(await changedBy(named('One'))).toEqual(['role']);
    expect(await world.trace()).toEqual(then);
    expect(await changedBy('delete from role where code = $1')).toEqual(['role']);
  });
  it('a verb that writes past its transaction', async () => {
    expect(await leftByVain(behind, { input: { name: 'x' }, as: world.process })).toEqual(['tenant']);
  });
});
