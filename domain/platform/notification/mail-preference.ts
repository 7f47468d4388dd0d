import type { TemplateName } from '../notification-template.ts';

/** What people are told of by mail if they like, by template: the group that it is shown in, and its words. */
export const mailable = {
  'approval-request': ['Approvals', 'I am asked to approve something'],
  'approval-reminder': ['Approvals', 'An approval still waits for me'],
  'approval-delegated': ['Approvals', 'Somebody hands me an approval'],
  'stand-in-named': ['Approvals', 'I stand in for somebody'],
  'approval-decided': ['Approvals', 'What I asked for is decided'],
  'approval-withdrawn': ['Approvals', 'An approval is not needed any more'],
  'approval-overdue': ['Approvals', 'An approval is overdue'],
  'POV_STATUS_CHANGE': ['POVs', 'The status of a POV changes'],
  'phase-returned': ['POVs', 'A phase goes back to work'],
  'milestone-overdue': ['POVs', 'A milestone is overdue'],
  'launch-due': ['POVs', 'A POV should start today'],
  'launch-confirmed': ['POVs', 'A POV is launched'],
  'task-assigned': ['Tasks', 'Somebody gives me a task'],
  'task-reminder': ['Tasks', 'A reminder that I asked for'],
  'task-overdue': ['Tasks', 'A task of mine is overdue'],
  'comment-mention': ['Comments', 'Somebody mentions me in a comment'],
  'job-settled': ['Jobs', 'An import or export of mine is over'],
} as const satisfies Partial<Record<TemplateName, readonly [group: string, words: string]>>;
export type MailableEvent = keyof typeof mailable;

export const isMailable = (name: string): name is MailableEvent => Object.hasOwn(mailable, name);
