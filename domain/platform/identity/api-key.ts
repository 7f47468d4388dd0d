import { z } from 'zod';
import { Instant } from '../clock.ts';
import { line } from '../field.ts';
import { Id } from '../id.ts';
import type { PermissionRow, Scope } from '../permission.ts';
import { Role } from '../role.ts';
import { Person } from './user.ts';

/** An integrator's key as it is listed: never its secret (PLT-027). */
export const ApiKey = z.object({
  id: Id, name: z.string(), role: z.string(), user: Person,
  prefix: z.string().meta({ description: 'First letters of the secret, to recognise it by' }),
  createdAt: Instant, expiresAt: Instant.nullable(), lastUsedAt: Instant.nullable(), revokedAt: Instant.nullable(),
}).meta({ id: 'ApiKey' });
export const NewApiKey = ApiKey.extend({
  key: z.string().meta({ description: 'The key itself, shown this once', example: 'tlk_…' }),
}).meta({ id: 'NewApiKey' });

export const CreateApiKey = z.object({
  name: line(100),
  role: Role.optional().meta({ description: 'Narrows what the key may do; the caller’s own role without it' }),
  userId: Id.optional().meta({ description: 'For whom the key acts; only administrators may name somebody else' }),
  expiresAt: Instant.optional(),
}).meta({ id: 'CreateApiKey' });

export type Permission = Omit<PermissionRow, 'role'>;
const width: Record<Scope, number> = { own: 1, team: 2, all: 3 };

/** What a key may do: what both its user and its role may, in the narrower scope. */
export function narrowed(user: readonly Permission[], key: readonly Permission[]): Permission[] {
  const allowed = new Map(key.map(p => [`${p.subject}:${p.action}`, p.scope]));
  return user.flatMap(p => {
    const scope = allowed.get(`${p.subject}:${p.action}`);
    return scope ? [{ ...p, scope: width[scope] < width[p.scope] ? scope : p.scope }] : [];
  });
}

/** Does a holder of `mine` do no more by acting with `wanted`, on no more records? */
export function within(wanted: readonly Permission[], mine: readonly Permission[]): boolean {
  const may = new Map(mine.map(p => [`${p.subject}:${p.action}`, p.scope]));
  return wanted.every(p => {
    const scope = may.get(`${p.subject}:${p.action}`);
    return scope !== undefined && width[p.scope] <= width[scope];
  });
}

/** Its actions alone: for a key, whose scopes are narrowed to its user's anyway. */
export const actionsWithin = (wanted: readonly Permission[], mine: readonly Permission[]): boolean =>
  within(
    wanted.map(p => ({ ...p, scope: 'own' })),
    mine.map(p => ({ ...p, scope: 'all' })),
  );
