import { permissions } from '../../domain/index.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { abilityFor, permissionRows } from '../../domain/platform/permission.ts';
import { people, type Person } from './people.ts';

/** The people of the demo as callers of verbs. */
export function actorsOf(tenantId: string, ids: ReadonlyMap<Person, string>): (who: Person) => { actor: Actor } {
  const rows = permissionRows(permissions);
  const actors = new Map(
    people.map(([username, name, role]): [Person, Actor] => {
      const userId = ids.get(username)!,
        own = rows.filter(r => r.role === role);
      return [
        username,
        {
          kind: 'user',
          tenantId,
          userId,
          key: `user:${userId}`,
          name,
          role,
          permissions: own,
          ability: abilityFor(own, userId),
        },
      ];
    }),
  );
  return who => ({ actor: actors.get(who)! });
}
