import { fieldCatalog } from '../field-catalog.ts';
import { taskWords } from './activity-words.ts';
import { tasks } from './task.ts';

/** Module 13: what there is to do (CRM-046). */
export const taskCatalog = fieldCatalog<keyof typeof taskWords>({
  module: 'tasks',
  number: '13',
  words: taskWords,
  required: ['title'],
  filters: new Set([...Object.keys(tasks.fields), 'accountName', 'assigneeName', 'createdAt', 'updatedAt']),
  views: [
    {
      view: 'list', section: 'Tasks',
      fields: ['title', 'status', 'priority', 'dueDate', 'assigneeName', 'accountName'],
    },
    {
      view: 'create', section: 'New task',
      fields: [
        'title', 'status', 'priority', 'dueDate', 'reminderAt', 'assigneeId', 'contactId', 'accountId', 'opportunityId',
        'tags', 'description',
      ],
    },
    {
      view: 'detail', section: 'Task',
      fields: [
        'title', 'status', 'priority', 'dueDate', 'reminderAt', 'completedAt', 'assigneeId', 'tags', 'description',
      ],
    },
    { view: 'detail', section: 'About', fields: ['contactId', 'accountId', 'opportunityId'] },
    { view: 'detail', section: 'System', fields: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'] },
  ],
});
