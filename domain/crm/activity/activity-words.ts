import type { FieldWords } from '../field-catalog.ts';
import { interactionDirections, interactionStatuses, interactionTypes } from './interaction.ts';
import { taskPriorities, taskStatuses } from './task.ts';

const about = {
  contactId: { label: 'Contact', kind: 'contact' },
  contactName: { label: 'Contact', kind: 'text' },
  accountId: { label: 'Account', kind: 'account' },
  accountName: { label: 'Account', kind: 'text' },
  opportunityId: { label: 'Opportunity', kind: 'opportunity' },
  opportunityName: { label: 'Opportunity', kind: 'text' },
  description: { label: 'Description', kind: 'prose', rule: 'at most 10000 characters' },
  createdAt: { label: 'Created', kind: 'instant' },
  createdBy: { label: 'Created by', kind: 'user' },
  updatedAt: { label: 'Changed', kind: 'instant' },
  updatedBy: { label: 'Changed by', kind: 'user' },
  version: { label: 'Version', kind: 'number' },
} as const satisfies Record<string, FieldWords>;

/** What each field of a task is called, and how it is typed. */
export const taskWords = {
  title: { label: 'Title', kind: 'text', rule: 'at most 255 characters' },
  status: { label: 'Status', kind: 'choice', options: taskStatuses },
  priority: { label: 'Priority', kind: 'choice', options: taskPriorities },
  dueDate: { label: 'Due', kind: 'instant' },
  reminderAt: { label: 'Remind at', kind: 'instant' },
  assigneeId: { label: 'Assignee', kind: 'user' },
  assigneeName: { label: 'Assignee', kind: 'text' },
  tags: { label: 'Tags', kind: 'words' },
  completedAt: { label: 'Completed', kind: 'instant' },
  ...about,
} as const satisfies Record<string, FieldWords>;

/** The same of an interaction. */
export const interactionWords = {
  type: { label: 'Type', kind: 'choice', options: interactionTypes },
  subject: { label: 'Subject', kind: 'text', rule: 'at most 255 characters' },
  status: { label: 'Status', kind: 'choice', options: interactionStatuses },
  direction: { label: 'Direction', kind: 'choice', options: interactionDirections },
  outcome: { label: 'Outcome', kind: 'prose', rule: 'at most 2000 characters' },
  scheduledAt: { label: 'Planned for', kind: 'instant' },
  completedAt: { label: 'Took place', kind: 'instant' },
  duration: { label: 'Minutes', kind: 'number' },
  ownerId: { label: 'Owner', kind: 'user' },
  ownerName: { label: 'Owner', kind: 'text' },
  ...about,
} as const satisfies Record<string, FieldWords>;
