import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProcessSummary } from '../../../domain/platform/process.ts';
import type { Milestone } from '../../../domain/pov/milestone.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { lifecycleOf, newPov, phasesOf, type Listed } from '../../kit/pov.fixture.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { refuseUpdates } from '../../kit/faults/refuse-updates.ts';

const reason = 'could not mark milestone overdue: A record with this information already exists';
const sentence =
  `Stuck: ${reason}; waiting for an administrator to put it right since Fri 4 Dec 09:00, with no deadline; ` +
  'afterwards it goes on by itself.';
let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp();
  manager = await app.as('manager');
});
afterAll(() => app?.stop());

const handle = (workflowId: string) => app.engine.client.workflow.getHandle(workflowId);
const stuckOnes = async (): Promise<string[]> => {
  const path = `/api/processes?${encodeURIComponent('filter[stuck]')}=true`;
  return (await manager.get<Listed<ProcessSummary>>(path)).body.items.map(p => p.workflowId);
};
const needsHuman = async (workflowId: string): Promise<unknown> =>
  (await handle(workflowId).describe()).searchAttributes['NeedsHuman'];

describe('a process whose next step is refused', () => {
  it('says so to its users and to ops, is found by it, and goes on when the reason is gone', async () => {
    const pov = await newPov(manager), other = await newPov(manager);
    const workflowId = `pov-lifecycle-${pov.id}`;
    const [phase] = await phasesOf(manager, pov.id);
    const path = `/api/povs/${pov.id}/phases/${phase!.id}/milestones`;
    const due = { name: 'Kick-off', dueDate: '2026-12-04T09:00:00Z' };
    const { body: milestone } = await manager.post<Milestone>(path, due);
    const allow = await refuseUpdates(app, 'milestone');
    await app.advance({ to: '2026-12-05T09:00:00Z' });

    expect(await lifecycleOf(manager, pov.id)).toMatchObject({
      status: 'waiting',
      stuck: reason,
      waitingFor: { sentence, on: 'an administrator', due: null, until: null, then: 'it goes on by itself' },
    });
    expect(await stuckOnes()).toEqual([workflowId]);
    await until('ops see that somebody is needed', async () => `${await needsHuman(workflowId)}` === 'true');
    const shown = await handle(workflowId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(shown.currentDetails).toBe(sentence);
    expect(await handle(workflowId).query('state')).toMatchObject({ waitingFor: { sentence } });
    expect((await lifecycleOf(manager, other.id)).stuck).toBeNull();

    await allow();
    await manager.patch(`/api/povs/${pov.id}`, { objective: 'Put right' });
    await app.settled();
    expect((await lifecycleOf(manager, pov.id)).stuck).toBeNull();
    expect(await stuckOnes()).toEqual([]);
    const { body } = await manager.get<Listed<Milestone>>(path);
    expect(body.items).toMatchObject([{ id: milestone.id, status: 'OVERDUE' }]);
    expect(await brokenAfter(app)).toEqual([]);
  });
});
