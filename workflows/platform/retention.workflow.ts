import type { platformTasks } from '../../activities/platform/tasks.ts';
import { say, sayEnded } from './state.ts';
import { tasks } from './verbs.ts';

const { archiveAllAudits } = tasks<typeof platformTasks>();

/** Run by a schedule: what is older than each tenant's retention goes to the archive (PLT-063). */
export async function retention(): Promise<Awaited<ReturnType<typeof archiveAllAudits>>> {
  say('Archiving', {
    what: 'Waiting for old audit entries to be archived',
    on: 'the archive',
    then: 'the next run comes by schedule',
    person: false,
  });
  const report = await archiveAllAudits();
  sayEnded('archived');
  return report;
}
