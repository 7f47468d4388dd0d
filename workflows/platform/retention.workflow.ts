import type { platformTasks } from '../../activities/platform/tasks.ts';
import { tasks } from './verbs.ts';

const { archiveAllAudits } = tasks<typeof platformTasks>();

/** Run by a schedule: what is older than each tenant's retention goes to the archive (PLT-063). */
export async function retention(): Promise<Awaited<ReturnType<typeof archiveAllAudits>>> {
  return archiveAllAudits();
}
