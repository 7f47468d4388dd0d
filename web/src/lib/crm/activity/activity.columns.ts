import type { Activity } from '#domain/crm/activity/activity.contract.ts';
import type { Column } from '#lib/ui/table/column.ts';
import { choiceLabel } from '../crm-module.ts';

export const activityColumns: Column<Activity>[] = [
  { key: 'subject', label: 'Subject', text: a => a.subject, strong: true, sort: true },
  { key: 'activityType', label: 'Kind', text: a => activityWord(a.activityType), sort: true },
  { key: 'status', label: 'Status', text: a => choiceLabel(a.status), sort: true },
  { key: 'dueDate', label: 'Due or planned', sort: true, from: 'sm' },
  { key: 'assignedToName', label: 'Assigned to', text: a => a.assignedToName, sort: true, from: 'md' },
  { key: 'accountName', label: 'Account', text: a => a.accountName, sort: true, from: 'md' },
  { key: 'contactName', label: 'Contact', text: a => a.contactName, sort: true, from: 'lg' },
  { key: 'createdAt', label: 'Created', sort: true, optional: true },
];

/** What a kind of activity is called. */
export const activityWord = (type: Activity['activityType']): string => (type === 'Email' ? 'E-mail' : type);

/** A task has its sheet; what else happened is told on the page of whom it was with, or on its own. */
export function activityHref({ activityType, id, contactId, accountId }: Activity): string {
  if (activityType === 'Task') return `/tasks?task=${id}`;
  if (contactId) return `/contacts/${contactId}/activities`;
  return accountId ? `/accounts/${accountId}/activities` : `/interactions/${id}`;
}
