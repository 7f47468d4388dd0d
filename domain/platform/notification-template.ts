/** A text whose `{name}` places are filled from data of the same names as the sample's (PLT-074). */
interface Template<D extends Record<string, string>> {
  subject: string;
  body: string;
  sample: D;
}
const template = <D extends Record<string, string>>(t: Template<D>): Template<D> => t;

const approval = { title: 'Setup', step: 'Sales engineer approval', requester: 'Sam Rivera' };
const invoice = { number: '1001', customer: 'Northwind', amount: '1,200.00 EUR', dueDate: 'Fri 27 Nov' };

export const notificationTemplates = {
  'POV_STATUS_CHANGE': template({
    subject: '{pov} is now {to}',
    body: '{by} moved {pov} from {from} to {to}. {reason}',
    sample: { pov: 'Northwind POV', from: 'Projected', to: 'In progress', by: 'Sam Rivera', reason: '' },
  }),
  'approval-request': template({
    subject: 'Please approve: {title}',
    body: '{requester} asks you to approve {title} ({step}). {due}',
    sample: { ...approval, due: 'Due on Fri 27 Nov 09:00.' },
  }),
  'approval-reminder': template({
    subject: 'Still waiting for you: {title}',
    body: '{requester} has waited since {since} for your decision on {title} ({step}).',
    sample: { ...approval, since: 'Tue 24 Nov 09:00' },
  }),
  'approval-delegated': template({
    subject: 'Handed to you: {title}',
    body: '{by} asks you to decide on {title} ({step}) instead. {details}',
    sample: { by: 'Dana Okafor', title: 'Setup', step: 'Sales engineer approval', details: 'I am at the fair.' },
  }),
  'stand-in-named': template({
    subject: 'You stand in for {who}',
    body: 'From {from} to {until} you can decide approvals in the place of {who}.',
    sample: { who: 'Dana Okafor', from: 'Tue 1 Dec', until: 'Fri 11 Dec' },
  }),
  'approval-decided': template({
    subject: '{title} is {outcome}',
    body: 'Your request to approve {title} is {outcome}. {details}',
    sample: { title: 'Setup', outcome: 'rejected', details: 'Dana Okafor: the test data is missing.' },
  }),
  'approval-withdrawn': template({
    subject: 'No longer needed: {title}',
    body: 'The approval of {title} is {outcome}. {reason}',
    sample: { title: 'Setup', outcome: 'cancelled', reason: 'The phase changed.' },
  }),
  'approval-overdue': template({
    subject: 'Overdue: approval of {title}',
    body: 'The approval of {title} was due on {due} and still waits for {approvers}.',
    sample: { title: 'Setup', due: 'Fri 27 Nov 09:00', approvers: 'Dana Okafor (Sales engineer)' },
  }),
  'approval-no-holder': template({
    subject: 'Nobody can approve: {title}',
    body: '{requester} asks to approve {title} ({step}), but no active user can. Please decide in their place.',
    sample: { ...approval, step: 'CFO approval' },
  }),
  'milestone-overdue': template({
    subject: 'Overdue: {milestone}',
    body: 'The milestone {milestone} of {phase} in {pov} was due on {dueDate}.',
    sample: { milestone: 'Test data loaded', phase: 'Setup', pov: 'Northwind POV', dueDate: 'Fri 27 Nov' },
  }),
  'launch-confirmed': template({
    subject: '{pov} is launched',
    body: '{by} confirmed the launch of {pov}.',
    sample: { pov: 'Northwind POV', by: 'Sam Rivera' },
  }),
  'launch-due': template({
    subject: '{pov} should start today',
    body: 'The launch of {pov} is not confirmed; still open: {open}.',
    sample: { pov: 'Northwind POV', open: 'Details confirmed' },
  }),
  'phase-returned': template({
    subject: '{phase} goes back to work',
    body: '{phase} of {pov} was not approved. {comment}',
    sample: { phase: 'Setup', pov: 'Northwind POV', comment: 'The test data is missing.' },
  }),
  'notification-digest': template({
    subject: 'Your {period} digest: {count}',
    body: 'You have not read yet:\n{list}',
    sample: { period: 'daily', count: '1 notification', list: '- Please approve: Setup (Tue 24 Nov 09:00)' },
  }),
  'task-reminder': template({
    subject: 'Reminder: {task}',
    body: 'You asked to be reminded of {task}. {due}',
    sample: { task: 'Call Dana', due: 'It is due on Fri 27 Nov 09:00.' },
  }),
  'task-overdue': template({
    subject: 'Overdue: {task}',
    body: '{task} was due on {dueDate}.',
    sample: { task: 'Call Dana', dueDate: 'Fri 27 Nov 09:00' },
  }),
  'task-assigned': template({
    subject: 'For you: {task}',
    body: '{by} gave you the task {task}.',
    sample: { by: 'Sam Rivera', task: 'Call Dana' },
  }),
  'comment-mention': template({
    subject: '{by} mentioned you: {record}',
    body: '{by} wrote about {record}: {text}',
    sample: { by: 'Sam Rivera', record: 'Northwind', text: '@Dana Okafor, can you look at the offer?' },
  }),
  'job-settled': template({
    subject: '{job} is over',
    body: '{outcome}',
    sample: { job: 'Import of accounts from accounts.csv', outcome: 'Imported 4,200 of 4,200 rows.' },
  }),
  'invoice-sent': template({
    subject: 'Invoice {number}',
    body: 'Invoice {number} for {customer} over {amount} is due on {dueDate}.',
    sample: invoice,
  }),
  'dunning-reminder': template({
    subject: 'Reminder: invoice {number}',
    body: 'Invoice {number} for {customer} over {amount} was due on {dueDate}.',
    sample: invoice,
  }),
  'dunning-second-notice': template({
    subject: 'Second notice: invoice {number}',
    body: 'We still wait for {amount} of invoice {number} for {customer}, due on {dueDate}.',
    sample: invoice,
  }),
  'dunning-final-notice': template({
    subject: 'Final notice: invoice {number}',
    body: 'Please pay {amount} of invoice {number} for {customer}, due on {dueDate}, now.',
    sample: invoice,
  }),
  'low-stock': template({
    subject: 'Low stock: {product}',
    body: '{product} in {warehouse} is down to {quantity}; the reorder point is {reorderPoint}.',
    sample: { product: 'Sensor S1', warehouse: 'Hamburg', quantity: '4', reorderPoint: '10' },
  }),
  'sla-breach': template({
    subject: 'SLA missed: {subject}',
    body: '{subject} should have been done by {due}.',
    sample: { subject: 'Approval of invoice 1001', due: 'Fri 27 Nov 09:00' },
  }),
  'migration-notice': template({
    subject: 'Data migration: {stage}',
    body: 'The migration {stage} on {at}. {details}',
    sample: { stage: 'starts', at: 'Fri 27 Nov 20:00', details: 'Records are read-only until it is done.' },
  }),
  'report-delivery': template({
    subject: 'Report: {report}',
    body: 'The report {report} of {period} is ready.',
    sample: { report: 'Pipeline', period: 'November' },
  }),
};
export type TemplateName = keyof typeof notificationTemplates;
type DataOf<T extends TemplateName> = Record<keyof (typeof notificationTemplates)[T]['sample'], string>;

/** Subject and body of a notification, to be handed to `notify`. */
export function rendered<T extends TemplateName>(
  name: T,
  data: DataOf<T>,
): { template: T; subject: string; body: string; data: DataOf<T> } {
  const { subject, body } = notificationTemplates[name];
  const fill = (text: string): string =>
    text
      .replace(/\{(\w+)\}/g, (_, key: string) => {
        const value = (data as Record<string, string>)[key];
        if (value === undefined) throw new Error(`Template ${name} needs ${key}`);
        return value;
      })
      .trim();
  return { template: name, subject: fill(subject).slice(0, 300), body: fill(body), data };
}
