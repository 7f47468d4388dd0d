import type { Reader } from '../reader.ts';
import { sql } from '../sql.ts';

export interface SecondFactorRow {
  secretCipher: string | null;
  confirmed: boolean;
  required: boolean;
  recoveryCodesLeft: number;
  username: string;
  name: string;
  /** What the password is compared with: a ticket is good for it alone. */
  passwordHash: string | null;
}

/** Of an active user; undefined of anybody else. */
export const secondFactorOf = (read: Reader, userId: string): Promise<SecondFactorRow | undefined> =>
  read.row<SecondFactorRow>(
    sql`select f.secret_cipher as "secretCipher", f.confirmed_at is not null as confirmed,
    coalesce(r.second_factor, false) as required, coalesce(cardinality(f.recovery_hashes), 0) as "recoveryCodesLeft",
    u.username, u.full_name as name, u.password_hash as "passwordHash"
    from app_user u left join second_factor f on f.user_id = u.id
    left join role r on r.code = u.role and r.deleted_at is null
    where u.id = ${userId} and u.active and u.deleted_at is null`,
  );
