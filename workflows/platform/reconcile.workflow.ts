import type { platformTasks } from '../../activities/platform/tasks.ts';
import { tasks } from './verbs.ts';

const { reconcileAll } = tasks<typeof platformTasks>();

/** Run by a schedule: finds processes that database and engine see differently, and repairs them. */
export async function reconcile(): Promise<Awaited<ReturnType<typeof reconcileAll>>> {
  return reconcileAll();
}
