import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { defineEntity, p } from '@mikro-orm/core';
import { z } from 'zod';
import { connected } from '../../../bin/database-roles.ts';
import { recordVerbs } from '../../../activities/platform/record/record-verbs.ts';
import { owned, tenantOwned } from '../../../db/platform/columns.ts';
import { readConfig } from '../../../db/platform/config.ts';
import type { Orm } from '../../../db/platform/orm.ts';
import { searchFunction } from '../../../db/platform/schema/search-function.ts';
import { Instant } from '../../../domain/platform/clock.ts';
import { line } from '../../../domain/platform/field.ts';
import { Id } from '../../../domain/platform/id.ts';
import { abilityFor, type PermissionRow } from '../../../domain/platform/permission.ts';
import { record } from '../../../domain/platform/record.ts';
import type { TestDatabase } from '../../kit/database.ts';
import { onError } from '../../../api/platform/problem.ts';
import { serveRecord } from '../../../api/platform/record.routes.ts';
import { withRequestId } from '../../../api/platform/request-id.ts';
import type { ApiServices } from '../../../api/platform/services.ts';

/** A record that only these tests know: something lent to a customer. */
export const loans = record({
  name: 'test-loan',
  area: 'crm',
  tableName: 'test_loan',
  path: '/api/test-loans',
  title: 'name',
  shape: z.object({
    name: z.string(),
    note: z.string().nullable(),
    ownerId: Id,
    priority: z.int(),
    dueAt: Instant.nullable(),
    locked: z.boolean(),
  }),
  create: z.object({
    name: line(50),
    note: z.string().max(200).nullable().optional(),
    ownerId: Id.optional(),
    priority: z.int().min(1).max(9).default(5),
    dueAt: Instant.nullable().optional(),
    locked: z.boolean().default(false),
  }),
  fields: { name: 'text', priority: 'number', dueAt: 'instant', ownerId: 'uuid' },
  search: ['name', 'note'],
  defaultSort: 'name',
  scopes: { owner: 'ownerId' },
});
export const strictLoans = record({ ...loans, path: '/api/strict-loans', requireVersion: true });

const LoanSchema = defineEntity({
  name: 'TestLoan',
  tableName: 'test_loan',
  properties: {
    ...owned(),
    name: p.string(),
    note: p.string().nullable(),
    ownerId: p.uuid(),
    priority: p.integer(),
    dueAt: p.datetime().nullable(),
    locked: p.boolean(),
  },
  ...tenantOwned,
});
class TestLoan extends LoanSchema.class {}
LoanSchema.setClass(TestLoan);

const rules = { whyNot: (_action: string, row: TestLoan) => (row.locked ? 'The loan is locked' : undefined) };

export async function createTable(database: TestDatabase, orm: Orm): Promise<void> {
  orm.discoverEntity(TestLoan);
  // Entities discovered later are not asked for their version.
  orm.getMetadata(TestLoan).versionProperty = 'version';
  const owner = await connected(database.ownerUrl);
  await owner.query(`create table test_loan (id uuid primary key, tenant_id uuid not null,
    created_at timestamptz not null, updated_at timestamptz not null, created_by uuid, updated_by uuid,
    version int not null default 1, deleted_at timestamptz,
    name text not null unique, note text, owner_id uuid not null,
    priority int not null, due_at timestamptz, locked boolean not null);
    alter table test_loan enable row level security; alter table test_loan force row level security;
    create policy tenant on test_loan using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
    grant select, insert, update, delete on test_loan to app`);
  for (const statement of searchFunction('test_loan', ['name', 'note'])) await owner.query(statement);
  await owner.end();
}

const actions = ['read', 'create', 'update', 'delete', 'restore'];
const cells = (scopes: Partial<Record<string, PermissionRow['scope']>>): Omit<PermissionRow, 'role'>[] =>
  actions.flatMap(action => (scopes[action] ? [{ subject: 'test-loan', action, scope: scopes[action] }] : []));
const all = Object.fromEntries(actions.map(a => [a, 'all' as const]));
const roles: Record<string, Omit<PermissionRow, 'role'>[]> = {
  admin: cells(all),
  seller: cells({ read: 'own', create: 'own', update: 'own' }),
  reader: cells({ read: 'all' }),
  editor: cells({ read: 'all', update: 'own' }),
};

/** An API of that record alone; the header `X-As: <tenant>/<user>/<role>` says who calls. */
export async function serveLoans(): Promise<{ url: string; server: Server }> {
  const services: Pick<ApiServices, 'config' | 'authenticate' | 'limit'> = {
    config: readConfig({ NODE_ENV: 'test' }),
    limit: async () => {},
    authenticate: async req => {
      const [tenantId = '', userId = '', role = ''] = (req.get('X-As') ?? '').split('/');
      const permissions = roles[role];
      if (!permissions) return null;
      return {
        kind: 'user',
        tenantId,
        userId,
        key: `user:${userId}`,
        name: role,
        role,
        permissions,
        ability: abilityFor(permissions, userId),
      };
    },
  };
  const app = express();
  app.set('query parser', 'extended');
  app.use(withRequestId, express.json());
  for (const r of [loans, strictLoans])
    serveRecord(r, recordVerbs(r, TestLoan, rules)).mount(app, services as ApiServices);
  app.use(onError);
  const server = createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
