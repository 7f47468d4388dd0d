import type { z } from 'zod';
import type { Instance } from '../../domain/approvals/instance.ts';
import type { Notification } from '../../domain/platform/notification.ts';
import type { ProcessView } from '../../domain/platform/process.ts';
import type { Phase } from '../../domain/pov/phase.ts';
import type { PhaseTemplate } from '../../domain/pov/phase-template.ts';
import type { PovActivity } from '../../domain/pov/pov-activity.ts';
import type { PovDetail } from '../../domain/pov/pov.contract.ts';
import type { CreatePov, Pov } from '../../domain/pov/pov.ts';
import type { GivenTeamRole, TeamMember } from '../../domain/pov/team-member.ts';
import type { App } from './app.ts';
import type { Answer, Client } from './client.ts';

export interface Listed<T> {
  items: T[];
  total: number;
}
type NewPov = Partial<z.input<typeof CreatePov>>;

/** Fifty days from the Tuesday on which the clock stands. */
export const fiftyDays = { startDate: '2026-11-24T09:00:00.000Z', endDate: '2027-01-13T09:00:00.000Z' };

export async function newPov(by: Client, more: NewPov = {}): Promise<Pov> {
  const { status, body } = await by.post<{ data: Pov }>('/api/povs', { title: 'Acme', ...fiftyDays, ...more });
  if (status !== 201) throw new Error(`No POV: ${JSON.stringify(body)}`);
  return body.data;
}
export const readPov = async (by: Client, id: string): Promise<PovDetail> =>
  (await by.get<PovDetail>(`/api/povs/${id}`)).body;
export const phasesOf = async (by: Client, id: string): Promise<Phase[]> =>
  (await by.get<Listed<Phase>>(`/api/povs/${id}/phases?pageSize=100`)).body.items;
export const activitiesOf = async (by: Client, id: string): Promise<PovActivity[]> =>
  (await by.get<Listed<PovActivity>>(`/api/povs/${id}/activities?pageSize=100`)).body.items;
export const lifecycleOf = async (by: Client, id: string): Promise<ProcessView> =>
  (await by.get<ProcessView>(`/api/processes/pov-lifecycle-${id}`)).body;
export const notificationsOf = async (by: Client, povId: string): Promise<Notification[]> =>
  (await by.get<Listed<Notification>>('/api/notifications?pageSize=100')).body.items.filter(
    n => n.referenceId === povId,
  );

export const move = <T = Pov>(by: Client, id: string, to: string, reason?: string): Promise<Answer<T>> =>
  by.post<T>(`/api/povs/${id}/transitions`, { to, reason });
export const join = (by: Client, id: string, userId: string, role: GivenTeamRole): Promise<Answer<TeamMember>> =>
  by.post<TeamMember>(`/api/povs/${id}/team/members`, { userId, role });
export const submit = (by: Client, id: string, phaseId: string, body: object = {}): Promise<Answer<Instance>> =>
  by.post<Instance>(`/api/povs/${id}/phases/${phaseId}/submit`, body);
export const decide = (
  by: Client,
  instanceId: string,
  decision: 'approve' | 'reject',
  comment?: string,
): Promise<Answer<Instance>> => by.post<Instance>(`/api/workflows/instances/${instanceId}/${decision}`, { comment });

/** A template with phases of these names. */
export async function newTemplate(admin: Client, names: string[], more: object = {}): Promise<PhaseTemplate> {
  const { status, body } = await admin.post<PhaseTemplate>('/api/admin/phases', {
    name: `Template ${names.join(' ')}`,
    workflow: names.map(name => ({ name, type: 'EXECUTION' })),
    ...more,
  });
  if (status !== 201) throw new Error(`No template: ${JSON.stringify(body)}`);
  return body;
}

/** A POV of the manager with sales as project manager and sales2 as sales engineer. */
export async function staffedPov(app: App, manager: Client, more: NewPov = {}): Promise<Pov> {
  const pov = await newPov(manager, more);
  await join(manager, pov.id, app.tenant.users.sales, 'PROJECT_MANAGER');
  await join(manager, pov.id, app.tenant.users.sales2, 'SALES_ENGINEER');
  return pov;
}

/** Submits a phase and lets both approvers approve it. */
export async function approvePhase(app: App, by: Client, povId: string, phaseId: string): Promise<void> {
  const { body: instance } = await submit(by, povId, phaseId);
  await app.settled();
  for (const name of ['sales', 'sales2']) {
    const { status, body } = await decide(await app.as(name), instance.id, 'approve');
    if (status !== 200) throw new Error(`${name} could not approve: ${JSON.stringify(body)}`);
  }
  await app.settled();
}
