import { randomUUID } from 'node:crypto';
import { permissions } from '../../domain/index.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { abilityFor, permissionRows } from '../../domain/platform/permission.ts';
import type { RoleCode } from '../../domain/platform/role.ts';
import { orm } from '../../db/platform/orm.ts';

/** A bare tenant: no users, no roles in the database. */
export async function bareTenant(sandbox = true): Promise<{ id: string; slug: string }> {
  const id = randomUUID(),
    slug = `t-${id.slice(0, 13)}`;
  await orm()
    .em.fork()
    .execute(
      `insert into tenant (id, name, slug, sandbox, time_zone, currency, settings, created_at, updated_at)
       values (?, ?, ?, ?, 'UTC', 'EUR', '{}', now(), now())`,
      [id, slug, slug, sandbox],
      'run',
    );
  return { id, slug };
}

/** Somebody of that role, with the permissions that the code declares. */
export function actorOf(tenantId: string, role: RoleCode, userId: string = randomUUID()): Actor {
  const rows = permissionRows(permissions).filter(p => p.role === role);
  return {
    kind: 'user',
    tenantId,
    userId,
    key: `user:${userId}`,
    name: role.toLowerCase(),
    role,
    permissions: rows,
    ability: abilityFor(rows, userId),
    ip: '127.0.0.1',
    userAgent: 'test',
  };
}
