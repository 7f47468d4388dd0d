import { interactionVerbs } from '../../activities/crm/activity/interaction-verbs.ts';
import { taskVerbs } from '../../activities/crm/activity/task-verbs.ts';
import { activityKind, listActivities, readActivity } from '../../db/crm/activities.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import {
  activityEndpoints, interactionTypeOf, whyNotStatus, type Activity, type ActivityType, type PatchActivity,
} from '../../domain/crm/activity/activity.contract.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { invalidField, notFound } from '../../domain/platform/errors.ts';
import { serve } from '../platform/serve.ts';

/** A Task is a task, anything else an interaction: the verbs are theirs (CRM-088). */
export const activityRoutes = serve(activityEndpoints, {
  list: ({ read, actor, query }) => listActivities(read, actor, query),
  read: ({ read, actor, params }) => found(read, actor, params.id),
  create: async ({ run, read, actor, body }) => {
    const { activityType } = body;
    const made = activityType === 'Task'
      ? await run(taskVerbs.create, asTask(body))
      : await run(interactionVerbs.create, {
        ...asInteraction(activityType, body), type: interactionTypeOf[activityType],
      });
    return found(read, actor, made['id'] as string);
  },
  patch: async ({ run, read, actor, params: { id }, body }) => {
    const known = await found(read, actor, id);
    if (body.activityType !== undefined) proveType(known, body.activityType);
    if (known.activityType === 'Task')
      return foundOrGiven(read, actor, known, await run(taskVerbs.patch, { id, fields: asTask(body) }));
    await run(interactionVerbs.patch, { id, fields: asInteraction(known.activityType, body) });
    return found(read, actor, id);
  },
  // What a replacement leaves out is emptied, as far as an activity has it: the rest of the record stays.
  put: async ({ run, read, actor, params: { id }, body }) => {
    const known = await found(read, actor, id);
    const { activityType } = known;
    proveType(known, body.activityType);
    const whole = { ...body, ...emptied(body) };
    if (activityType === 'Task')
      return foundOrGiven(read, actor, known, await run(taskVerbs.patch, { id, fields: asTask(whole) }));
    await run(interactionVerbs.patch, { id, fields: asInteraction(activityType, whole) });
    return found(read, actor, id);
  },
  // Whether it is there for the caller the verb decides, which knows the answer to a request that is repeated.
  remove: async ({ run, read, params }) => {
    const kind = await activityKind(read, params.id);
    if (!kind) throw notFound();
    await run(kind.isTask ? taskVerbs.remove : interactionVerbs.remove, params);
    return {};
  },
});

async function found(read: Reader, actor: Actor, id: string): Promise<Activity> {
  const activity = await readActivity(read, actor, id);
  if (!activity) throw notFound();
  return activity;
}

/** Whoever gave a task away sees it no longer: what was written of it, without names of others. */
async function foundOrGiven(read: Reader, actor: Actor, known: Activity, written: unknown): Promise<Activity> {
  const seen = await readActivity(read, actor, known.id);
  if (seen) return seen;
  const { title: subject, assigneeId: assignedToId, ...task } = tasks.Row.parse(written);
  const { description, contactId, accountId, dueDate, status, createdAt, updatedAt, version } = task;
  return {
    id: known.id, activityType: known.activityType, subject, description, contactId, accountId, dueDate, status,
    contactName: null, accountName: null, assignedToId, assignedToName: null, createdAt, updatedAt, version,
  };
}

function proveType(known: Pick<Activity, 'activityType'>, sent: ActivityType): void {
  if (sent !== known.activityType) throw invalidField('activityType', `stays ${known.activityType}`);
}

type Fields = Record<string, unknown>;
const emptied = ({ description = null, contactId = null, accountId = null, dueDate = null }: Sent): Partial<Sent> =>
  ({ description, contactId, accountId, dueDate });
type Sent = Omit<PatchActivity, 'activityType'> & { activityType?: ActivityType | undefined };

function asTask({ activityType: _, subject, assignedToId, status, ...same }: Sent): Fields {
  return sent({ ...same, title: subject, assigneeId: assignedToId, status: fitting('Task', status) });
}

function asInteraction(type: ActivityType, { activityType: _, dueDate, assignedToId, status, ...same }: Sent): Fields {
  return sent({ ...same, scheduledAt: dueDate, ownerId: assignedToId, status: fitting(type, status) });
}

function fitting(type: ActivityType, status: Sent['status']): Sent['status'] {
  const why = status && whyNotStatus(type, status);
  if (why) throw invalidField('status', why);
  return status;
}

const sent = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
