import { cellsOf } from '../../../db/platform/identity/role-cells.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { narrowed } from '../../../domain/platform/identity/api-key.ts';
import { abilityFor } from '../../../domain/platform/permission.ts';

interface Person {
  name: string;
  role: string;
  version: string | null;
}
interface Key {
  role: string | null;
  version: string | null;
}

/**
 * Who asked for a job, as they are now, through the key that they came by. Whoever may no longer sign in has no work
 * done for them, nor has a key that is revoked.
 */
export async function askerOf(
  read: Reader, { createdBy: userId, apiKeyId }: { createdBy: string | null; apiKeyId: string | null },
): Promise<Actor> {
  const person = userId
    && (await read.row<Person>(sql`
      select u.full_name as name, u.role, (select r.cells_version from role r where r.code = u.role) as version
      from app_user u where u.id = ${userId} and u.active and u.deleted_at is null`));
  if (!userId || !person) throw new Refusal('forbidden', 'Who asked for it may no longer sign in');
  const { name, role } = person;
  const own = await cellsOf(read, role, person.version);
  const key = apiKeyId === null ? null : await keyOf(read, apiKeyId);
  const permissions = key?.role && key.role !== role ? narrowed(own, await cellsOf(read, key.role, key.version)) : own;
  const ability = abilityFor(permissions, userId);
  return {
    kind: 'user', tenantId: read.tenantId, userId, apiKeyId, key: `user:${userId}`, name, role, permissions, ability,
  };
}

async function keyOf(read: Reader, id: string): Promise<Key> {
  const key = await read.row<Key>(sql`
    select k.role, (select r.cells_version from role r where r.code = k.role) as version from api_key k
    where k.id = ${id} and k.revoked_at is null and k.deleted_at is null
      and (k.expires_at is null or k.expires_at > now())`);
  if (!key) throw new Refusal('forbidden', 'The API key by which it was asked for is valid no more');
  return key;
}
