import { readFileSync } from 'node:fs';
import { environmentTable } from './environment.ts';
import { figuresTable, goalsTable } from './figures.ts';
import { messageTables, schedulesTable } from './messages.ts';
import { metricsTable } from './metrics.ts';
import { filled } from './parts.ts';
import { allChecks, requirementsPage, rowLines } from './requirements.ts';

/** The generated parts of the documents, by name. */
const parts: Record<string, () => string> = {
  environment: () => environmentTable(read('.env.example')),
  metrics: metricsTable,
  goals: goalsTable,
  figures: figuresTable,
  povLifecycle: () => messageTables('povLifecycle'),
  launch: () => messageTables('launch'),
  taskReminder: () => messageTables('taskReminder'),
  approval: () => messageTables('approval'),
  clockAdvance: () => messageTables('clockAdvance'),
  job: () => messageTables('job'),
  duplicateScan: () => messageTables('duplicateScan'),
  leadScoring: () => messageTables('leadScoring'),
  notificationDigest: () => messageTables('notificationDigest'),
  enrichment: () => messageTables('enrichment'),
  sendMail: () => messageTables('sendMail'),
  webhookDelivery: () => messageTables('webhookDelivery'),
  schedules: schedulesTable,
};
const pagesWithParts = [
  'docs/operating.md',
  'docs/performance.md',
  'docs/processes/pov-lifecycle.md',
  'docs/processes/launch.md',
  'docs/processes/task-reminder.md',
  'docs/processes/phase-approval.md',
  'docs/processes/platform.md',
];

const read = (page: string): string => readFileSync(page, 'utf8');

/** Every page that is generated, wholly or in part, as it should be now. */
export const generatedPages = (): Map<string, string> =>
  new Map([
    ...pagesWithParts.map((page): [string, string] => [page, filled(read(page), part => parts[part]!())]),
    ['docs/requirements.md', requirementsPage(rowLines(read('docs/requirements.txt')), allChecks())],
  ]);
