import { z } from 'zod';
import { endpoint } from '../platform/contract.ts';
import { ById } from '../platform/id.ts';

/** How much belongs to a user (CRM-025). */
export const UserRelations = z
  .object({
    accountsOwned: z.int(),
    accountsCreated: z.int(),
    accountsUpdated: z.int(),
    opportunitiesOwned: z.int(),
    activitiesAssigned: z.int().meta({ description: 'Calls, e-mails, meetings, notes and tasks' }),
    tablePreferences: z.int(),
    auditRows: z.int(),
  })
  .meta({ id: 'UserRelations' });
export type UserRelations = z.output<typeof UserRelations>;

export const userRelationEndpoints = {
  read: endpoint({
    method: 'GET', path: '/api/admin/users/:id/relations', needs: 'user:manage', params: ById, returns: UserRelations,
    summary: 'How many accounts, opportunities, activities, tables and audit rows belong to a user',
  }),
};
