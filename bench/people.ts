import { randomUUID } from 'node:crypto';
import { signAccessToken } from '../activities/platform/identity/tokens.ts';
import { permissions } from '../domain/index.ts';
import { permissionRows } from '../domain/platform/permission.ts';
import { asOwner, sessionSecret, type Database } from './rig.ts';

interface Person {
  id: string;
  sessionId: string;
  role: 'ADMIN' | 'SALES_MANAGEMENT' | 'SALESPERSON';
}
/** A tenant with somebody to sign in as; everybody has a session. */
export interface Company {
  tenantId: string;
  admin: Person;
  managers: Person[];
  sales: Person[];
  /** The header of somebody signed in, good for a quarter of an hour. */
  signedIn(who: Person): Promise<{ Authorization: string }>;
}

/** Makes the tenant, its rights and its people with one statement for each table. */
export async function makeCompany(of: Database, { managers = 20, sales = 100 } = {}): Promise<Company> {
  const tenantId = randomUUID();
  const person = (role: Person['role']): Person => ({ id: randomUUID(), sessionId: randomUUID(), role });
  const admin = person('ADMIN');
  const company = {
    managers: Array.from({ length: managers }, () => person('SALES_MANAGEMENT')),
    sales: Array.from({ length: sales }, () => person('SALESPERSON')),
  };
  const everybody = [admin, ...company.managers, ...company.sales];
  await asOwner(of, db => fillPeople((sql, ...values) => db.query(sql, [tenantId, ...values]), everybody));
  return { tenantId, admin, ...company, signedIn: who => headersOf(tenantId, who) };
}

type Insert = (sql: string, ...values: unknown[]) => Promise<unknown>;

async function fillPeople(insert: Insert, everybody: Person[]): Promise<void> {
  const cells = permissionRows(permissions);
  await insert(`insert into tenant (id, name, slug, sandbox, settings, created_at, updated_at)
    values ($1, 'Bench', 'bench', false, '{}', now(), now())`);
  await insert(
    `insert into role (id, tenant_id, created_at, updated_at, code, name, built_in)
     select gen_random_uuid(), $1, now(), now(), code, code, true from unnest($2::text[]) code`,
    [...new Set(cells.map(c => c.role))],
  );
  await insert(
    `insert into role_permission (id, tenant_id, created_at, updated_at, role, subject, action, scope)
     select gen_random_uuid(), $1, now(), now(), c.* from unnest($2::text[], $3::text[], $4::text[], $5::text[]) c`,
    ...(['role', 'subject', 'action', 'scope'] as const).map(name => cells.map(c => c[name])),
  );
  await insert(
    `insert into app_user (id, tenant_id, created_at, updated_at, username, full_name, email, role)
     select p.id, $1, now(), now(), 'user-' || n, 'Robin Example ' || n, 'user-' || n || '@example.com', p.role
     from unnest($2::uuid[], $3::text[]) with ordinality p (id, role, n)`,
    everybody.map(p => p.id),
    everybody.map(p => p.role),
  );
  await insert(
    `insert into session (id, tenant_id, created_at, updated_at, user_id, refresh_hash, refresh_family, expires_at)
     select s.id, $1, now(), now(), s.user_id, md5(s.id::text), md5(s.user_id::text), now() + interval '1 day'
     from unnest($2::uuid[], $3::uuid[]) s (id, user_id)`,
    everybody.map(p => p.sessionId),
    everybody.map(p => p.id),
  );
}

async function headersOf(tenantId: string, who: Person): Promise<{ Authorization: string }> {
  const claims = { sub: who.id, sid: who.sessionId, role: who.role, tenantId };
  return { Authorization: `Bearer ${await signAccessToken(claims, sessionSecret)}` };
}
