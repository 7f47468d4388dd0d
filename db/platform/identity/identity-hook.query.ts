import type { Reader } from '../reader.ts';
import { sql } from '../sql.ts';

export interface HookRow {
  active: boolean;
  role: string;
  secretCipher: string | null;
  /** Null as soon as it is not good any more. */
  oldSecretCipher: string | null;
  oldSecretUntil: string | null;
  lastEventAt: string | null;
}

/** The tenant's hook; undefined before anybody has set it up. */
export const identityHook = (read: Reader): Promise<HookRow | undefined> =>
  read.row<HookRow>(
    sql`select active, role, secret_cipher as "secretCipher", last_event_at as "lastEventAt",
      case when old_secret_until > now() then old_secret_cipher end as "oldSecretCipher",
      case when old_secret_until > now() then old_secret_until end as "oldSecretUntil"
    from identity_hook where deleted_at is null`,
  );
