import { LockMode } from '@mikro-orm/core';
import { Task } from '../../../db/crm/activity/task.entity.ts';
import { tasks } from '../../../domain/crm/activity/task.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { claimRow } from '../claim-row.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** A task for this transaction alone, if the actor may change it. */
export const claimTask = (ctx: VerbContext, id: string): Promise<Task> =>
  claimRow(ctx, { record: tasks, entity: Task }, id);

/** The same for its process, which asks nobody; also of a deleted one. */
export async function lockTask({ em }: VerbContext, id: string): Promise<Task> {
  const task = await em.findOne(Task, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!task) throw notFound();
  return task;
}
