import { decideStep } from '../../activities/approvals/decide-step.ts';
import { run, type Caller } from '../../activities/platform/verb.ts';
import { createPov } from '../../activities/pov/create-pov.ts';
import { createPovKpi } from '../../activities/pov/kpi/create-pov-kpi.ts';
import { confirmLaunch } from '../../activities/pov/launch/confirm-launch.ts';
import { initiateLaunch } from '../../activities/pov/launch/initiate-launch.ts';
import { updateLaunchChecklist } from '../../activities/pov/launch/update-launch-checklist.ts';
import { createMilestone } from '../../activities/pov/milestone/create-milestone.ts';
import { updateMilestone } from '../../activities/pov/milestone/update-milestone.ts';
import { submitPhase } from '../../activities/pov/submit-phase.ts';
import { addTeamMember } from '../../activities/pov/team/add-team-member.ts';
import { transitionPov } from '../../activities/pov/transition-pov.ts';
import { updatePhase } from '../../activities/pov/update-phase.ts';
import { readerOf } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import { newChecklist } from '../../domain/pov/launch.ts';
import type { PovStatus } from '../../domain/pov/pov-status.ts';
import type { Person } from './people.ts';
import type { Move, PovStory } from './story.ts';

export interface Stage {
  tenantId: string;
  templateId: string;
  as(who: Person): Caller;
  id(who: Person): string;
  /** The instant of a day counted from today. */
  at(day: number, hour?: number): string;
  /** Lets the processes do what follows. */
  settle(): Promise<void>;
}

/** The account of the customer, as far as the owner of the POV may read it. */
async function accountOf({ tenantId, id }: Stage, { customer, owner }: PovStory): Promise<string | null> {
  const found = await readerOf(tenantId).row<{ id: string }>(sql`
    select id from account where account_name = ${customer}
      and (account_owner = ${id(owner)} or ${owner === 'manager'})`);
  return found?.id ?? null;
}

/** A POV as it is created, with its team and key figures; answers its id. */
export async function openPov(stage: Stage, story: PovStory): Promise<string> {
  const owner = stage.as(story.owner);
  const accountId = await accountOf(stage, story);
  const { id: povId } = await run(
    createPov,
    {
      title: story.title,
      startDate: stage.at(story.start),
      endDate: stage.at(story.end, 17),
      objective: story.objective,
      accountId,
      customerName: story.customer,
      customerContact: story.contact,
      estimatedBudget: story.budget,
      revenue: story.revenue,
      tags: story.tags,
      competitors: story.competitors,
      solution: story.solution,
      templateId: stage.templateId,
      metadata: {
        customer: story.customer,
        teamSize: story.technical ? 4 : 3,
        successCriteria: story.criteria,
        technicalRequirements: story.requirements,
      },
    },
    owner,
  );
  const team = [
    [story.manager, 'PROJECT_MANAGER'],
    [story.engineer, 'SALES_ENGINEER'],
    [story.technical, 'TECHNICAL_TEAM'],
  ] as const;
  for (const [who, role] of team) if (who) await run(addTeamMember, { povId, userId: stage.id(who), role }, owner);
  for (const [name, target, current] of story.kpis)
    await run(createPovKpi, { povId, name, target: { value: target }, current: { value: current } }, owner);
  return povId;
}

/** One move of a POV's story, made by those who would make it. */
export async function play(stage: Stage, story: PovStory, povId: string, move: Move): Promise<void> {
  const owner = stage.as(story.owner);
  const status = statuses[move[1]];
  if (status) {
    const reason = typeof move[2] === 'string' ? move[2] : undefined;
    await run(transitionPov, { povId, to: status, reason }, owner);
    return;
  }
  switch (move[1]) {
    case 'submit':
      return submit(stage, owner, povId);
    case 'pass':
      return pass(stage, story, povId);
    case 'approve':
      return decide(stage, povId, story[move[2]], { decision: 'approved' });
    case 'reject':
      return decide(stage, povId, story.manager, { decision: 'rejected', comment: move[2] });
    case 'open launch':
    case 'tick':
    case 'confirm launch':
      return launch(owner, povId, move);
    default:
      return work(stage, owner, povId, move);
  }
}

const statuses: Partial<Record<Move[1], PovStatus>> = {
  stall: 'STALLED', resume: 'IN_PROGRESS', validate: 'VALIDATION', win: 'WON', lose: 'LOST',
};

async function launch(owner: Caller, povId: string, move: Move): Promise<void> {
  if (move[1] === 'open launch') await run(initiateLaunch, { povId }, owner);
  if (move[1] === 'confirm launch') await run(confirmLaunch, { launch: { povId } }, owner);
  if (move[1] !== 'tick') return;
  const done = newChecklist().items.slice(0, move[2]);
  const ticks = done.map(i => ({ key: i.key, completed: true }));
  await run(updateLaunchChecklist, { launch: { povId }, ticks }, owner);
}

/** What the team notes while a phase runs. */
async function work(stage: Stage, owner: Caller, povId: string, move: Move): Promise<void> {
  if (move[1] === 'progress') {
    const phase = await currentPhase(stage, povId);
    const details = { metadata: { status: 'IN_PROGRESS', progress: move[2] } };
    await run(updatePhase, { povId, phaseId: phase.id, details }, owner);
  }
  if (move[1] === 'sign off') {
    const phase = await phaseNamed(stage, povId, 'Initiation');
    await run(updatePhase, { povId, phaseId: phase.id, details: { customerSignoff: true } }, owner);
  }
  if (move[1] === 'milestone') {
    const phase = await phaseNamed(stage, povId, move[2]);
    await run(createMilestone, { povId, phaseId: phase.id, name: move[3], dueDate: stage.at(move[4], 16) }, owner);
  }
  if (move[1] === 'reached') {
    const { id: milestoneId, phaseId } = await one<{ id: string; phaseId: string }>(
      stage,
      sql`select id, phase_id as "phaseId" from milestone where pov_id = ${povId} and name = ${move[2]}`,
    );
    await run(updateMilestone, { povId, phaseId, milestoneId, status: 'COMPLETED' }, owner);
  }
}

/** Submitted, and approved by both. */
async function pass(stage: Stage, story: PovStory, povId: string): Promise<void> {
  await submit(stage, stage.as(story.owner), povId);
  await stage.settle();
  await decide(stage, povId, story.manager, { decision: 'approved' });
  await decide(stage, povId, story.engineer, { decision: 'approved', comment: 'Fine with me' });
}

async function submit(stage: Stage, owner: Caller, povId: string): Promise<void> {
  const phase = await currentPhase(stage, povId);
  await run(submitPhase, { povId, phaseId: phase.id }, owner);
}

async function decide(
  stage: Stage,
  povId: string,
  who: Person,
  said: { decision: 'approved' | 'rejected'; comment?: string },
): Promise<void> {
  const instance = await one<{ id: string }>(
    stage,
    sql`select id from workflow_instance where story_id = ${povId} order by created_at desc, id desc limit 1`,
  );
  await run(decideStep, { instanceId: instance.id, ...said }, stage.as(who));
}

const currentPhase = (stage: Stage, povId: string) =>
  one<{ id: string }>(
    stage,
    sql`
  select id from phase where pov_id = ${povId} and status <> 'COMPLETED' and deleted_at is null
  order by position, template_id is not null, created_at, id limit 1`,
  );
const phaseNamed = (stage: Stage, povId: string, name: string) =>
  one<{ id: string }>(
    stage,
    sql`
  select id from phase where pov_id = ${povId} and name = ${name} and deleted_at is null`,
  );

async function one<T>(stage: Stage, query: ReturnType<typeof sql>): Promise<T> {
  const row = await readerOf(stage.tenantId).row<T>(query);
  if (!row) throw new Error('The demo story names something that is not there');
  return row;
}
