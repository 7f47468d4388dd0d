import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../activities/platform/identity/password.ts';
import { orm } from '../../db/platform/orm.ts';
import { permissions } from '../../domain/index.ts';
import { permissionRows } from '../../domain/platform/permission.ts';
import { bareTenant } from './tenant.ts';

export const password = 'correct horse battery';

/** User name → role, as in the demo tenant. */
export const roles = {
  admin: 'ADMIN',
  manager: 'SALES_MANAGEMENT',
  sales: 'SALESPERSON',
  sales2: 'SALESPERSON',
  sales3: 'SALESPERSON',
  sales4: 'SALESPERSON',
  accounting: 'ACCOUNTING',
  readonly: 'READ_ONLY',
  superadmin: 'SUPER_ADMIN',
} as const;
export type Username = keyof typeof roles;
export interface TestTenant {
  id: string;
  slug: string;
  users: Record<Username, string>;
}

/** When the clocks of test tenants stand: a Tuesday. */
export const testNow = '2026-11-24T09:00:00.000Z';

/** A sandbox tenant with somebody of each role; its clock stands at `testNow`, or runs. */
export async function makeTenant({ frozen = true }: { frozen?: boolean } = {}): Promise<TestTenant> {
  const tenant = await bareTenant();
  const users = Object.fromEntries(Object.keys(roles).map(name => [name, randomUUID()])) as Record<Username, string>;
  const em = orm().em.fork();
  em.setSessionContext({ variables: { 'app.tenant': tenant.id } });
  const passwordHash = await hashPassword(password);
  await em.transactional(async tx => {
    const insert = (table: string, columns: string[], rows: unknown[][]): Promise<unknown> =>
      tx.execute(
        `insert into ${table} (id, tenant_id, created_at, updated_at, ${columns.join(', ')}) values ${rows
          .map(r => `(gen_random_uuid(), '${tenant.id}', now(), now(), ${r.map(() => '?').join(', ')})`)
          .join(', ')}`,
        rows.flat(),
        'run',
      );
    await insert(
      'role',
      ['code', 'name', 'built_in'],
      [...new Set(Object.values(roles))].map(r => [r, r, true]),
    );
    await insert(
      'role_permission',
      ['role', 'subject', 'action', 'scope'],
      permissionRows(permissions).map(p => [p.role, p.subject, p.action, p.scope]),
    );
    for (const [name, role] of Object.entries(roles)) {
      await tx.execute(
        `insert into app_user (id, tenant_id, created_at, updated_at, username, full_name, email, password_hash, role)
        values (?, ?, now(), now(), ?, ?, ?, ?, ?)`,
        [users[name as Username], tenant.id, name, fullName(name), `${name}@example.com`, passwordHash, role],
        'run',
      );
    }
    if (frozen)
      await tx.execute('insert into tenant_clock (tenant_id, frozen_at) values (?, ?)', [tenant.id, testNow], 'run');
  });
  return { ...tenant, users };
}

/** `sales2` → `Sales2 Example`. */
const fullName = (username: string): string => `${username[0]!.toUpperCase()}${username.slice(1)} Example`;
