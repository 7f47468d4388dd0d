import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listInstances, readInstance } from '../../db/approvals/instances.query.ts';
import { sql } from '../../db/platform/sql.ts';
import type { Instance } from '../../domain/approvals/instance.ts';
import { ListQuery } from '../../domain/platform/list.ts';
import type { Username } from '../../tests/kit/people.ts';
import { run } from '../platform/verb.ts';
import { addStep } from './add-step.ts';
import { at, bench, hour, type Bench } from '../../tests/kit/approvals.fixture.ts';
import { closeInstance } from './close-instance.ts';
import { decideStep } from './decide-step.ts';
import { markApprovalOverdue } from './mark-approval-overdue.ts';
import { openStep } from './open-step.ts';
import { remindApprovers } from './remind-approvers.ts';
import { withdrawInstance } from './withdraw-instance.ts';

let b: Bench;
beforeAll(async () => {
  b = await bench();
});
afterAll(() => b.close());

const openAt = (instance: Instance, nth = 0) =>
  run(openStep, { instanceId: instance.id, stepId: instance.steps[nth]!.id }, b.process());
const read = async (instance: Instance) => (await readInstance(b.read, b.by('admin').actor, instance.id))!;
const messages = (instance: Instance) =>
  b.read.rows<{
    to: string;
    template: string;
    body: string;
  }>(sql`select u.username as to, n.template_id as template, n.body
    from notification n join app_user u on u.id = n.user_id where n.reference_id = ${instance.id}
    order by n.created_at, u.username`);

describe('opening a step', () => {
  it('[APR-012] makes the approval in progress and asks the approvers, once', async () => {
    const instance = await b.open();
    expect(instance.status).toBe('pending');
    expect(await openAt(instance)).toEqual(await openAt(instance));
    expect(await read(instance)).toMatchObject({ status: 'in_progress', currentStepId: 'step-1' });
    expect(await messages(instance)).toEqual([
      { to: 'sales', template: 'approval-request', body: 'Manager Example asks you to approve Setup (Engineer).' },
    ]);
    expect(await b.count('outbox_event', sql`entity_id = ${instance.id} and name = 'workflow.step.opened'`)).toBe(1);
  });

  it('[APR-023] goes to the administrators, with a notice, if nobody active holds the role', async () => {
    const instance = await b.open({ steps: [{ name: 'CFO approval', role: 'CFO' }] });
    const decide = { instanceId: instance.id, decision: 'approved' as const };
    await expect(run(decideStep, decide, b.by('admin'))).rejects.toMatchObject({ code: 'forbidden' });
    await openAt(instance);
    expect((await messages(instance)).map(m => [m.to, m.template])).toEqual([
      ['admin', 'approval-no-holder'],
      ['superadmin', 'approval-no-holder'],
    ]);
    expect((await run(decideStep, decide, b.by('admin'))).status).toBe('completed');
  });

  it('[APR-023] does the same if the requester is the only holder', async () => {
    const instance = await b.open({ steps: [{ name: 'Manager', role: 'SALES_MANAGEMENT' }] });
    await openAt(instance);
    expect((await read(instance)).steps[0]).toMatchObject({ openTo: ['SALES_MANAGEMENT', 'ADMIN'] });
  });

  it('does nothing once the approval is over', async () => {
    const instance = await b.open();
    await run(withdrawInstance, { instanceId: instance.id, reason: 'Gone' }, b.process());
    expect(await openAt(instance)).toEqual({ openedAt: null });
    expect(await messages(instance)).toEqual([]);
  });
});

describe('waiting', () => {
  it('reminds the approvers, each time once', async () => {
    const instance = await b.open();
    await openAt(instance);
    const remind = (number: number) =>
      run(
        remindApprovers,
        { instanceId: instance.id, stepId: instance.steps[0]!.id, number },
        b.process(at + 24 * hour),
      );
    await Promise.all([remind(1), remind(1), remind(1)]);
    expect((await messages(instance)).map(m => m.template)).toEqual(['approval-request', 'approval-reminder']);
    expect((await read(instance)).steps[0]).toMatchObject({
      reminders: 1,
      remindedAt: new Date(at + 24 * hour).toISOString(),
    });
  });

  it('tells requester and approvers once that it is overdue', async () => {
    const instance = await b.open({ dueInHours: 2 });
    await openAt(instance);
    const mark = (now: number) => run(markApprovalOverdue, { instanceId: instance.id }, b.process(now));
    expect(await mark(at + hour)).toEqual({ isOverdue: false });
    expect([await mark(at + 2 * hour), await mark(at + 2 * hour)]).toEqual([{ isOverdue: true }, { isOverdue: true }]);
    const overdue = (await messages(instance)).filter(m => m.template === 'approval-overdue');
    expect(overdue.map(m => m.to)).toEqual(['manager', 'sales', 'sales2']);
  });
});

describe('closing', () => {
  const close = (instance: Instance) => run(closeInstance, { instanceId: instance.id }, b.process());

  it('[APR-019] tells the requester of a rejection with its comment, and those who were still asked', async () => {
    const instance = await b.open();
    await openAt(instance);
    await openAt(instance, 1);
    await run(decideStep, { instanceId: instance.id, decision: 'rejected', comment: 'No test data' }, b.by('sales'));
    expect([await close(instance), await close(instance)]).toEqual([{ status: 'rejected' }, { status: 'rejected' }]);
    expect((await messages(instance)).filter(m => m.template !== 'approval-request')).toEqual([
      {
        to: 'manager',
        template: 'approval-decided',
        body: 'Your request to approve Setup is rejected. Sales Example: No test data',
      },
      {
        to: 'sales2',
        template: 'approval-withdrawn',
        body: 'The approval of Setup is rejected. Sales Example: No test data',
      },
    ]);
    expect(await b.count('outbox_event', sql`entity_id = ${instance.id} and name = 'workflow.instance.rejected'`)).toBe(
      1,
    );
  });

  it('does nothing while it is open', async () => {
    const instance = await b.open();
    expect(await close(instance)).toEqual({ status: 'pending' });
    expect(await messages(instance)).toEqual([]);
  });
});

describe('adding a step', () => {
  it('[APR-014] puts it last, pending', async () => {
    const instance = await b.open({ mode: 'sequence' });
    const longer = await run(
      addStep,
      { instanceId: instance.id, name: 'Legal', order: 2, role: 'VP' },
      b.by('manager'),
    );
    expect(longer.steps.map(s => [s.stepId, s.name, s.order, s.status])).toEqual([
      ['step-1', 'Engineer', 0, 'pending'],
      ['step-2', 'Project manager', 1, 'pending'],
      ['step-3', 'Legal', 2, 'pending'],
    ]);
  });

  it('refuses people it does not know', async () => {
    const instance = await b.open();
    const step = { instanceId: instance.id, name: 'Legal', assigneeIds: [instance.id] };
    await expect(run(addStep, step, b.by('manager'))).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('[APR-017] what waits for me', () => {
  const inbox = async (who: Username): Promise<string[]> => {
    const query = ListQuery.parse({ filter: { waitingForMe: 'true' }, pageSize: 100 });
    return (await listInstances(b.read, b.by(who).actor, query)).items.map(i => i.id);
  };

  it('is what I may decide now, and nothing else', async () => {
    const { sales, sales2 } = b.tenant.users;
    const mine = await b.open({ mode: 'sequence' });
    const own = await b.open({ requesterId: sales, steps: [{ name: 'A', assigneeIds: [sales, sales2] }] });
    const byRole = await b.open({ steps: [{ name: 'A', role: 'ACCOUNTING' }] });
    expect(await inbox('sales')).toContain(mine.id);
    expect(await inbox('sales')).not.toContain(own.id);
    expect(await inbox('sales2')).toContain(own.id);
    expect(await inbox('sales2')).not.toContain(mine.id); // the second step of a sequence
    expect(await inbox('accounting')).toEqual([byRole.id]);
    await run(decideStep, { instanceId: mine.id, decision: 'approved' }, b.by('sales'));
    expect(await inbox('sales')).not.toContain(mine.id);
    expect(await inbox('sales2')).toContain(mine.id);
  });

  it('shows a salesperson only approvals they have to do with', async () => {
    const other = await b.open({ steps: [{ name: 'A', assigneeIds: [b.tenant.users.sales2] }] });
    const shared = await b.open({ steps: [{ name: 'A', role: 'VP' }], memberIds: [b.tenant.users.sales3] });
    const seen = async (who: Username, id: string) => (await readInstance(b.read, b.by(who).actor, id)) !== undefined;
    expect(await seen('sales3', other.id)).toBe(false);
    expect(await seen('sales3', shared.id)).toBe(true);
    for (const who of ['sales2', 'manager', 'accounting', 'readonly', 'admin'] as const)
      expect(await seen(who, other.id)).toBe(true);
  });
});
