import { z } from 'zod';
import { endpoint } from '../contract.ts';
import { ById } from '../id.ts';
import { ListQuery, listOf } from '../list.ts';
import { History } from '../record.ts';
import { CreateUser, PatchUser, Person, ReplaceUser, User, UserSummary } from './user.ts';

const path = '/api/admin/users';
const one = { path: `${path}/:id`, needs: 'user:manage', params: ById } as const;

/** Users: for administrators (PLT-040), for managers who assign work, and names for everybody's pickers. */
export const userEndpoints = {
  people: endpoint({
    method: 'GET',
    path: '/api/people',
    needs: 'signed-in',
    query: ListQuery,
    returns: listOf(Person),
    summary: 'Names of the active users, for pickers; q finds them by name, by username or address',
  }),
  users: endpoint({
    method: 'GET',
    path: '/api/users',
    needs: 'user:read',
    query: ListQuery,
    returns: listOf(UserSummary),
    summary: 'Active users with their roles; filter[role]=SALESPERSON',
  }),
  list: endpoint({
    method: 'GET',
    path,
    needs: 'user:manage',
    query: ListQuery,
    returns: listOf(User),
    summary: 'All users, inactive ones too',
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs: 'user:manage',
    body: CreateUser,
    returns: User,
    status: 201,
    summary: 'Add a user',
  }),
  read: endpoint({ method: 'GET', ...one, returns: User, summary: 'One user' }),
  history: endpoint({
    method: 'GET',
    ...one,
    path: `${path}/:id/history`,
    returns: History,
    summary: 'Who changed what of a user and when, newest first',
  }),
  replace: endpoint({ method: 'PUT', ...one, body: ReplaceUser, returns: User, summary: 'Change a user' }),
  patch: endpoint({
    method: 'PATCH',
    ...one,
    body: PatchUser,
    returns: User,
    summary: 'Change some fields: role, active, a new password …',
  }),
  deactivate: endpoint({
    method: 'DELETE',
    ...one,
    returns: z.object({}),
    status: 204,
    summary: 'Deactivate: no sign-in any more, records keep the name',
  }),
};
