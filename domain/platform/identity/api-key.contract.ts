import { z } from 'zod';
import { ApiKey, CreateApiKey, NewApiKey } from './api-key.ts';
import { endpoint } from '../contract.ts';
import { ById } from '../id.ts';
import { ListQuery, listOf } from '../list.ts';

const path = '/api/api-keys';

/** Keys for programs: everybody their own, administrators all (PLT-027). */
export const apiKeyEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs: 'api-key:read',
    query: ListQuery,
    returns: listOf(ApiKey),
    summary: 'API keys; filter[active]=true',
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs: 'api-key:create',
    body: CreateApiKey,
    returns: NewApiKey,
    status: 201,
    summary: 'Make a key; the answer is the only one that shows it',
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: `${path}/:id`,
    needs: 'api-key:delete',
    params: ById,
    returns: z.object({}),
    status: 204,
    summary: 'Revoke a key at once',
  }),
};
