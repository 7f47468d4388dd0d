import type { Ability, PermissionRow } from './permission.ts';

/** Who acts: a signed-in person (also through an API key), a process, or the system itself. */
export interface Actor {
  kind: 'user' | 'process' | 'system';
  tenantId: string;
  /** The person; of a process the one who started it, where there is one. */
  userId: string | null;
  /** `user:<id>`, `process:<workflow id>` or `system`: the owner of idempotency keys. */
  key: string;
  /** Whose requests are counted together, where not the actor's: each API key has a limit of its own (PLT-049). */
  limitKey?: string;
  /** The key that the person came by. */
  apiKeyId?: string | null;
  name: string;
  role: string | null;
  permissions: readonly Omit<PermissionRow, 'role'>[];
  ability: Ability;
  /** The sign-in that the person came by; API keys have none. */
  sessionId?: string | null;
  ip?: string | null;
  userAgent?: string | null;
}
