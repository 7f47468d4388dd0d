import { patched } from '@temporalio/workflow';
import type { platformTasks } from '../../activities/platform/tasks.ts';
import { say, sayEnded } from './state.ts';
import { tasks } from './verbs.ts';

const { archiveAllAudits, clearOld } = tasks<typeof platformTasks>();

type Report = Awaited<ReturnType<typeof archiveAllAudits>> & Partial<Awaited<ReturnType<typeof clearOld>>>;

/**
 * Run by a schedule: audit rows older than each tenant's retention go to the archive (PLT-063); what webhooks were
 * told, and files that were announced and never sent, are removed after their time.
 */
export async function retention(): Promise<Report> {
  say('Archiving', {
    what: 'Waiting for old audit entries to be archived',
    on: 'the archive',
    then: 'the next run comes by schedule',
    person: false,
  });
  const archived = await archiveAllAudits();
  const cleared = patched('2026-11-29-clears-what-is-old') ? await clearOld() : {};
  sayEnded('archived');
  return { ...archived, ...cleared };
}
