import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from '../../db/platform/sql.ts';
import type { Instance } from '../../domain/approvals/instance.ts';
import type { Refusal } from '../../domain/platform/errors.ts';
import { run } from '../platform/verb.ts';
import { at, bench, hour, type Bench } from '../../tests/kit/approvals.fixture.ts';
import { cancelInstance } from './cancel-instance.ts';
import { decideStep } from './decide-step.ts';
import { expireInstance } from './expire-instance.ts';
import { skipStep } from './skip-step.ts';

let b: Bench;
beforeAll(async () => {
  b = await bench();
});
afterAll(() => b.close());

const approve = (instance: Instance, who: 'sales' | 'sales2' | 'sales3' | 'manager' | 'admin', key?: string) =>
  run(decideStep, { instanceId: instance.id, decision: 'approved' }, b.by(who, { key }));
const decisions = (instance: Instance) => b.count('decision', sql`workflow_id = ${instance.id}`);
const told = (instance: Instance, name: string) =>
  b.count('outbox_event', sql`entity_id = ${instance.id} and name = ${name}`);

/** What each of several attempts came to: the answers, the codes of the refusals and their reasons. */
const outcomes = async (attempts: Promise<Instance>[]): Promise<Outcomes> => sorted(await Promise.allSettled(attempts));
interface Outcomes {
  done: Instance[];
  refused: string[];
  why: string[];
}
function sorted(settled: PromiseSettledResult<Instance>[]): Outcomes {
  const refusals = settled.filter(s => s.status === 'rejected').map(s => s.reason as Refusal);
  return {
    done: settled.filter(s => s.status === 'fulfilled').map(s => s.value),
    refused: refusals.map(r => r.code),
    why: refusals.map(r => r.message),
  };
}

describe('one decision on a step', () => {
  it('[APR-021] counts once when it is made twenty times at once', async () => {
    const instance = await b.open();
    const attempts = Array.from({ length: 20 }, () => () => approve(instance, 'sales'));
    const { done, refused, why } = sorted(await b.crossing(instance, attempts));
    expect(done).toHaveLength(1);
    expect(refused).toEqual(Array(19).fill('conflict'));
    // Each waited for its turn, and then was told who had been faster.
    expect(why).toEqual(Array(19).fill(expect.stringContaining('is already approved by')));
    expect(await decisions(instance)).toBe(1);
    expect(await told(instance, 'workflow.step.decided')).toBe(1);
  });

  it('[APR-021] is that of one of two holders of the role who decide at once', async () => {
    const instance = await b.open({ steps: [{ name: 'Sales', role: 'SALESPERSON' }] });
    const { done, refused } = await outcomes([approve(instance, 'sales'), approve(instance, 'sales2')]);
    expect([done.length, refused]).toEqual([1, ['conflict']]);
    expect(done[0]).toMatchObject({ status: 'completed', completedAt: new Date(at).toISOString() });
    const winner = done[0]!.steps[0]!.decidedByName!;
    await expect(approve(instance, 'sales3')).rejects.toThrow(
      `Sales is already approved by ${winner} on Tue 24 Nov 09:00`,
    );
  });

  it('[APR-021] answers the same again to the same key', async () => {
    const instance = await b.open();
    const key = randomUUID();
    const { done } = await outcomes(Array.from({ length: 5 }, () => approve(instance, 'sales', key)));
    expect(done).toEqual(Array(5).fill(done[0]));
    expect(await decisions(instance)).toBe(1);
  });

  it('keeps who, when, what and on which version', async () => {
    const instance = await b.open({ subjectVersion: 'v7' });
    const decision = {
      instanceId: instance.id,
      decision: 'rejected' as const,
      comment: 'No test data',
      subjectVersion: 'v7',
    };
    await run(decideStep, decision, b.by('sales'));
    const [row] = await b.read
      .rows(sql`select decision, decided_by, decided_at, comment, step_version, subject_version, ip
      from decision where workflow_id = ${instance.id}`);
    expect(row).toEqual({
      decision: 'rejected',
      decided_by: b.tenant.users.sales,
      decided_at: new Date(at).toISOString(),
      comment: 'No test data',
      step_version: 1,
      subject_version: 'v7',
      ip: '127.0.0.1',
    });
  });

  it('is refused on another version of the subject', async () => {
    const instance = await b.open({ subjectVersion: 'v7' });
    const stale = { instanceId: instance.id, decision: 'approved' as const, subjectVersion: 'v6' };
    await expect(run(decideStep, stale, b.by('sales'))).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'stale-subject' },
    });
    expect(await decisions(instance)).toBe(0);
  });
});

describe('who decides', () => {
  it('[APR-018] refuses others with 403, whatever their rank, and writes nothing', async () => {
    const instance = await b.open();
    for (const who of ['sales3', 'admin'] as const)
      await expect(approve(instance, who)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await decisions(instance)).toBe(0);
  });

  it('[APR-022] refuses the requester, unless the approval allows it', async () => {
    const steps = [{ name: 'Manager', role: 'SALES_MANAGEMENT' }];
    await expect(approve(await b.open({ steps }), 'manager')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await approve(await b.open({ steps, excludeRequester: false }), 'manager')).toMatchObject({
      status: 'completed',
    });
  });

  it('takes the step by its id or its short name, and says if there is none', async () => {
    const instance = await b.open();
    const decide = (stepId: string) =>
      run(decideStep, { instanceId: instance.id, stepId, decision: 'approved' }, b.by('sales'));
    await expect(decide('step-9')).rejects.toMatchObject({ code: 'invalid' });
    await expect(decide('step-2')).rejects.toMatchObject({ code: 'forbidden' });
    expect((await decide('step-1')).stepsStatus).toEqual({
      'step-1': { status: 'approved', approvedBy: b.tenant.users.sales, approvedAt: new Date(at).toISOString() },
      'step-2': { status: 'pending' },
    });
    await expect(
      run(decideStep, { instanceId: randomUUID(), decision: 'approved' }, b.by('sales')),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('what a decision does to the approval', () => {
  it('[APR-016] one of two makes it in progress, both complete it', async () => {
    const instance = await b.open();
    expect((await approve(instance, 'sales')).status).toBe('in_progress');
    expect((await approve(instance, 'sales2')).status).toBe('completed');
  });

  it('[APR-019] a rejection ends it and leaves the other steps pending', async () => {
    const steps = ['A', 'B', 'C'].map(name => ({ name, assigneeIds: [b.tenant.users.sales] }));
    const instance = await b.open({ steps, mode: 'sequence' });
    const reject = { instanceId: instance.id, decision: 'rejected' as const, comment: 'Too early' };
    const ended = await run(decideStep, reject, b.by('sales'));
    expect(ended).toMatchObject({ status: 'rejected', completedAt: null, currentStepId: null });
    expect(ended.steps.map(s => s.status)).toEqual(['rejected', 'pending', 'pending']);
    const late = { instanceId: instance.id, stepId: 'step-2', decision: 'approved' as const };
    await expect(run(decideStep, late, b.by('sales'))).rejects.toThrow('The approval is already rejected');
  });

  it('the first approval is enough where any one is asked for', async () => {
    const instance = await b.open({ mode: 'parallel-any' });
    const ended = await approve(instance, 'sales2');
    expect(ended.status).toBe('completed');
    expect(ended.steps.map(s => s.status)).toEqual(['skipped', 'approved']);
  });

  it('[APR-038] a skipped step counts as done; only administrators skip', async () => {
    const instance = await b.open();
    const skip = { instanceId: instance.id, stepId: 'step-2', reason: 'On leave' };
    await expect(run(skipStep, skip, b.by('manager'))).rejects.toMatchObject({ code: 'forbidden' });
    expect((await run(skipStep, skip, b.by('admin'))).steps[1]).toMatchObject({
      status: 'skipped',
      comment: 'On leave',
    });
    await expect(run(skipStep, skip, b.by('admin'))).rejects.toThrow(
      'Project manager is already skipped by Admin Example',
    );
    expect((await approve(instance, 'sales')).status).toBe('completed');
  });

  it('[APR-020] nothing is decided after it was cancelled', async () => {
    const instance = await b.open();
    const cancel = { instanceId: instance.id, reason: 'Plans changed' };
    await expect(run(cancelInstance, cancel, b.by('sales'))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await run(cancelInstance, cancel, b.by('manager'))).toMatchObject({
      status: 'cancelled',
      cancelReason: 'Plans changed',
    });
    await expect(approve(instance, 'sales')).rejects.toThrow('The approval is already cancelled');
  });
});

describe('a decision against its deadline', () => {
  it('[APR-021] one of the two wins, never both', async () => {
    for (let i = 0; i < 8; i++) {
      const instance = await b.open({
        dueInHours: 1,
        whenDue: 'expired',
        steps: [{ name: 'A', assigneeIds: [b.tenant.users.sales] }],
      });
      const expire = run(expireInstance, { instanceId: instance.id }, b.process(at + hour));
      const [decided, expired] = await Promise.allSettled([approve(instance, 'sales'), expire]);
      const won = decided.status === 'fulfilled';
      expect(expired).toMatchObject({ status: 'fulfilled', value: { status: won ? 'completed' : 'rejected' } });
      const rows = await b.read.rows(sql`select decision from decision where workflow_id = ${instance.id}`);
      expect(rows).toEqual([{ decision: won ? 'approved' : 'expired' }]);
    }
  });

  it('is late from the very instant on, even if the timer has not fired', async () => {
    const instance = await b.open({ dueInHours: 1, whenDue: 'expired' });
    const late = { instanceId: instance.id, decision: 'approved' as const };
    await expect(run(decideStep, late, b.by('sales', { now: at + hour }))).rejects.toThrow(
      'The time to decide ended on Tue 24 Nov 10:00',
    );
    expect(await run(expireInstance, { instanceId: instance.id }, b.process(at + hour - 1))).toEqual({
      status: 'pending',
    });
    expect(await run(decideStep, late, b.by('sales', { now: at + hour - 1 }))).toMatchObject({ status: 'in_progress' });
  });
});
