import { z } from 'zod';
import { endpoint, event, message, type Told } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { watcherUpdates } from '../platform/operations/process-hold.ts';
import { processContract } from '../platform/process.ts';
import { Version } from '../platform/version.ts';
import { Launch, LaunchTicks } from './launch.ts';
import { tellsPov } from './pov-lifecycle.contract.ts';

const path = '/api/povs/:id/launch';
const needs = 'pov:launch';
const Confirm = z.object({ version: Version });

/** POV-048. */
export const launchEndpoints = {
  initiate: endpoint({
    method: 'POST',
    path,
    needs,
    params: ById,
    returns: Launch,
    status: 201,
    summary: 'Open the launch of a POV: its checklist of five items',
  }),
  read: endpoint({
    method: 'GET',
    path,
    needs: 'pov:read',
    params: ById,
    returns: Launch,
    summary: 'The launch of a POV',
  }),
  updateChecklist: endpoint({
    method: 'PATCH',
    path: `${path}/checklist`,
    needs,
    params: ById,
    body: LaunchTicks,
    returns: Launch,
    summary: 'Tick items of the launch checklist',
  }),
  confirm: endpoint({
    method: 'POST',
    path: `${path}/confirm`,
    needs,
    params: ById,
    body: Confirm,
    returns: Launch,
    summary: 'Confirm the launch; the POV goes in progress if it can',
  }),
};

/** Waits for the checklist of a launch and its confirmation. */
export const launchProcess = processContract({
  type: 'launch',
  entityType: 'launch',
  summary: 'Waits for the checklist of a launch and its confirmation, and reminds the owner',
  id: launchId => `launch-${launchId}`,
  reads: 'pov:read',
  start: { needs, body: z.object({ povId: Id }) },
  signals: {
    updateItems: message({ name: 'updateItems', needs, summary: 'Tick items of the checklist', body: LaunchTicks }),
    confirm: message({ name: 'confirm', needs, summary: 'Confirm the launch', body: Confirm }),
  },
  updates: watcherUpdates,
});

/** The process of a launch, where there is one. */
export const toldLaunch = (launchId: string | null): Told[] =>
  launchId ? [{ type: launchProcess.type, entityId: launchId }] : [];

const about = z.object({ povId: Id, launchId: Id, title: z.string() });
type About = z.output<typeof about>;
const shared = {
  entity: (p: About) => p.launchId,
  story: (p: About) => p.povId,
  tells: (p: About) => [...toldLaunch(p.launchId), ...tellsPov(p)],
};

export const launchInitiated = event({
  name: 'pov.launch.initiated',
  payload: about,
  ...shared,
  says: p => `opened the launch of ${p.title}`,
});
export const launchChecked = event({
  name: 'pov.launch.checked',
  ...shared,
  payload: about.extend({ done: z.array(z.string()), reopened: z.array(z.string()) }),
  says: p =>
    [p.done.length ? `ticked ${p.done.join(', ')}` : '', p.reopened.length ? `reopened ${p.reopened.join(', ')}` : '']
      .filter(Boolean)
      .join(' and ') || 'looked through the checklist',
});
export const launchConfirmed = event({
  name: 'pov.launch.confirmed',
  payload: about,
  ...shared,
  says: p => `confirmed the launch of ${p.title}`,
});
export const launchReminded = event({
  name: 'pov.launch.reminded',
  payload: about.extend({ owner: z.string() }),
  ...shared,
  says: p => `reminded ${p.owner} that ${p.title} should be launched`,
});
