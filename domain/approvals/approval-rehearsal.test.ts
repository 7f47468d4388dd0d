import { expect, it } from '@jest/globals';
import { ids, names } from './approval.fixture.ts';
import { rehearseApproval } from './approval-rehearsal.ts';
import { StartInstance } from './instance.ts';

const approvers = [
  { id: ids.dana, name: names.dana, role: 'SALESPERSON' },
  { id: ids.pat, name: names.pat, role: 'ACCOUNTING' },
];
const now = Date.parse('2026-11-24T09:00:00Z');
const start = (some: object) =>
  StartInstance.parse({ referenceType: 'invoice', referenceId: ids.phase, title: 'Invoice 1001', ...some });

it('tells who would be asked, when they would be reminded, and what the deadline would do', () => {
  const steps = [
    { name: 'Engineer', role: 'SALES_ENGINEER', assigneeIds: [ids.dana] },
    { name: 'Accounting', role: 'ACCOUNTING' },
  ];
  const timed = { steps, mode: 'parallel-all', dueInHours: 30, whenDue: 'expired' };
  expect(rehearseApproval(start(timed), { now, timeZone: 'UTC', approvers })).toEqual([
    {
      at: '2026-11-24T09:00:00.000Z',
      kind: 'predicted',
      what: 'Asks Dana Okafor (Sales engineer) to approve Invoice 1001',
    },
    { at: '2026-11-24T09:00:00.000Z', kind: 'predicted', what: 'Asks Pat Lee (Accounting) to approve Invoice 1001' },
    { at: '2026-11-25T09:00:00.000Z', kind: 'timer', what: 'Reminder to Dana Okafor (Sales engineer)' },
    { at: '2026-11-25T09:00:00.000Z', kind: 'timer', what: 'Reminder to Pat Lee (Accounting)' },
    { at: '2026-11-25T15:00:00.000Z', kind: 'timer', what: 'Ends as rejected: nobody decided' },
  ]);
});

it('tells nothing of an approval without steps', () => {
  expect(rehearseApproval(start({}), { now, timeZone: 'UTC', approvers })).toEqual([]);
});
