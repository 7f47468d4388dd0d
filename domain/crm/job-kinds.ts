import type { JobKind } from '../platform/job/job-kind.ts';

/** Of this area: what is imported, exported and changed many at once (CRM-113, 118). */
export const crmJobKinds = {
  account: { name: 'account', path: '/api/accounts', bulk: ['update', 'reassign', 'group', 'delete'] },
  contact: { name: 'contact', path: '/api/contacts', bulk: ['update', 'tag', 'group', 'delete'] },
  opportunity: { name: 'opportunity', path: '/api/opportunities', bulk: ['update', 'reassign', 'tag', 'delete'] },
  group: { name: 'group', path: '/api/groups', bulk: ['update', 'delete'] },
  ticket: { name: 'ticket', path: '/api/tickets', bulk: ['update', 'reassign', 'delete'] },
  task: { name: 'task', path: '/api/crm/tasks', bulk: ['update', 'reassign', 'tag', 'delete'] },
  interaction: { name: 'interaction', path: '/api/crm/interactions', bulk: ['update', 'reassign', 'delete'] },
  partner: {
    name: 'principal-distributor-relationship', path: '/api/principal-distributor-relationships',
    bulk: ['update', 'delete'],
  },
  emailTemplate: { name: 'email-template', path: '/api/email-templates', bulk: ['update', 'delete'] },
} as const satisfies Record<string, JobKind>;
