import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instance } from '../../../domain/approvals/instance.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { decide, join, move, newPov, phasesOf, readPov, submit, type Listed } from '../../kit/pov.fixture.ts';

/** Somebody who may ask for approvals, but has nothing to do with the POV. */
let app: App, manager: Client, sales: Client, outsider: Client, admin: Client;
let povId = '',
  phaseId = '';
beforeAll(async () => {
  app = await bootApp();
  [manager, sales, outsider, admin] = await Promise.all([
    app.as('manager'),
    app.as('sales'),
    app.as('sales3'),
    app.as('admin'),
  ]);
  povId = (await newPov(manager, { title: 'Private' })).id;
  await join(manager, povId, sales.userId, 'PROJECT_MANAGER');
  phaseId = (await phasesOf(manager, povId))[0]!.id;
});
afterAll(() => app?.stop());

const path = '/api/workflows/instances';
const steps = [{ name: 'Board', role: 'VP' }];
const ask = (by: Client, body: object) => by.post<Instance & Pick<ProblemBody, 'errors'>>(path, { steps, ...body });
/** Once all that happened has its position. */
const eventsOf = async (by: Client, storyId: string) => {
  await app.settled();
  const path = `/api/events?storyId=${storyId}&limit=100`;
  return (await by.get<Listed<{ name: string; entityId: string }>>(path)).body.items;
};

describe('[PLT-037] an approval gets nobody into the story of a record that they may not see', () => {
  it('is refused about a POV or phase that the requester may not see, as is one that does not exist', async () => {
    for (const [referenceType, referenceId] of [
      ['pov', povId],
      ['phase', phaseId],
      ['pov', randomUUID()],
      ['phase', randomUUID()],
    ]) {
      const { status, body } = await ask(outsider, { referenceType, referenceId });
      expect([status, body.errors[0]?.pointer]).toEqual([400, '/referenceId']);
      expect((await outsider.post('/api/processes/approval', { referenceType, referenceId, steps })).status).toBe(400);
    }
    expect((await readPov(manager, povId)).approvals).toEqual([]);
  });

  it('tells its own story if no area knows the thing, even under the id of a POV', async () => {
    const { status, body } = await ask(outsider, { referenceType: 'invoice', referenceId: povId });
    expect([status, body.storyId]).toEqual([201, body.id]);
    expect((await eventsOf(outsider, povId)).map(e => e.name)).toEqual([]);
    expect((await eventsOf(manager, povId)).filter(e => e.entityId === body.id)).toEqual([]);
  });

  it('belongs to the story of a POV that the requester may see', async () => {
    const { status, body } = await ask(sales, { referenceType: 'phase', referenceId: phaseId });
    expect([status, body.storyId]).toEqual([201, povId]);
    expect((await eventsOf(manager, povId)).some(e => e.entityId === body.id)).toBe(true);
  });

  it('shows who is asked once their own approval, not the others of the POV', async () => {
    await move(manager, povId, 'IN_PROGRESS');
    const mine = await ask(manager, {
      referenceType: 'pov',
      referenceId: povId,
      steps: [{ name: 'Advice', role: 'SALESPERSON', assigneeIds: [outsider.userId] }],
    });
    const { body: round } = await submit(manager, povId, phaseId, { steps: [{ role: 'SALES_MANAGEMENT' }] });
    await decide(admin, round.id, 'reject', 'A secret');
    const seen = await eventsOf(outsider, povId);
    expect(seen.map(e => e.entityId)).toContain(mine.body.id);
    expect(seen.filter(e => e.entityId !== mine.body.id)).toEqual([]);
  });

  it('answers 404 to commands on an approval that the actor may not see', async () => {
    const { body } = await ask(manager, { referenceType: 'pov', referenceId: povId });
    expect((await outsider.post(`${path}/${body.id}/cancel`, { reason: 'Mine now' })).status).toBe(404);
    expect((await sales.post(`${path}/${body.id}/cancel`, { reason: 'Not mine' })).status).toBe(404);
  });
});
