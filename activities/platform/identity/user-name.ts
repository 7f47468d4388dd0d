import type { EntityManager } from '@mikro-orm/postgresql';
import { Refusal } from '../../../domain/platform/errors.ts';

/** User names and addresses are unique in their tenant, whatever their case (PLT-015). */
export async function assertNameFree(
  em: EntityManager,
  id: string,
  { username, email }: { username?: string; email?: string },
): Promise<void> {
  const taken = await em.execute<{ username: boolean | null; email: boolean | null }[]>(
    `select lower(username) = lower(?) as username, lower(email) = lower(?) as email from app_user
     where (lower(username) = lower(?) or lower(email) = lower(?)) and id <> ?`,
    [username ?? null, email ?? null, username ?? null, email ?? null, id],
  );
  if (!taken.length) return;
  const fields = (['username', 'email'] as const)
    .filter(f => taken.some(t => t[f]))
    .map(f => ({ pointer: `/${f}`, code: 'taken', message: 'is taken' }));
  throw new Refusal('conflict', 'A record with this information already exists', { fields });
}
