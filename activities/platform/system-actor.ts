import type { Actor } from '../../domain/platform/actor.ts';
import { abilityFor } from '../../domain/platform/permission.ts';

/** Where a request came from, for the audit log. */
export interface Origin { ip?: string | null; userAgent?: string | null }

/** The tenant itself: for verbs that nobody signed in asks for, such as signing in. */
export const systemActor = (tenantId: string, from: Origin = {}): Actor => ({
  kind: 'system', tenantId, userId: null, key: 'system', name: 'system', role: null, permissions: [],
  ability: abilityFor([], ''), ...from,
});
