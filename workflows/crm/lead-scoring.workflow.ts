import type { crmVerbs } from '../../activities/crm/index.ts';
import type { crmTasks } from '../../activities/crm/tasks.ts';
import { scoringRequested } from '../../domain/crm/scoring/scoring.contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { clockMoved } from '../../domain/platform/sandbox.contract.ts';
import { say, sayEnded } from '../platform/state.ts';
import { tasks, verbs } from '../platform/verbs.ts';
import { watch } from '../platform/watch.ts';

const { lookAtScoring, scoreContacts } = verbs<typeof crmVerbs>();
const { scoreEveryTenant } = tasks<typeof crmTasks>();

/** Scores all contacts, a few at a time, until there are none left. */
export async function leadScoring(input: ProcessInput): Promise<string> {
  return watch(input, lookAtScoring, {
    scoreContacts: ({ runId, done }) => scoreContacts({ runId, done }),
  }, [scoringRequested, clockMoved]);
}

/** Run by a schedule: begins the scoring of each tenant whose night has come (CRM-037). */
export async function nightlyScoring(): Promise<Awaited<ReturnType<typeof scoreEveryTenant>>> {
  say('Scoring', {
    what: 'Waiting for the scoring of each tenant to begin', on: 'the tenants', then: 'the next run comes by schedule',
    person: false,
  });
  const report = await scoreEveryTenant();
  sayEnded('begun');
  return report;
}
