import { z } from 'zod';
import { writeAudit } from '../audit.ts';
import { endSessionsOf } from './session-end.ts';
import { verb } from '../verb.ts';
import { sessionDays } from '../../../domain/platform/identity/session.ts';

interface Row {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: string;
  usable: boolean;
  reused: boolean;
}

/**
 * Exchanges a refresh token: the old one is good no more. One that was exchanged before, however long ago, has been
 * stolen, by its holder or from him, so the session ends with its streams (PLT-020). It answers rather than refuses, so
 * that the end is kept.
 */
export const renewSession = verb(
  {
    name: 'refresh-session',
    needs: 'process',
    quiet: true,
    input: z.object({ familyHash: z.string(), oldHash: z.string(), newHash: z.string() }),
    output: z.object({
      session: z
        .object({ id: z.uuid(), userId: z.uuid(), name: z.string(), email: z.string(), role: z.string() })
        .nullable(),
    }),
  },
  async (ctx, { familyHash, oldHash, newHash }) => {
    const { em } = ctx;
    const [found] = await em.execute<Row[]>(
      `select s.id, s.user_id as "userId", u.full_name as name, u.email, u.role, s.refresh_hash <> ? as reused,
         s.revoked_at is null and s.expires_at > now() and u.active and u.deleted_at is null as usable
       from session s join app_user u on u.id = s.user_id
       where s.refresh_family = ? for update of s`,
      [oldHash, familyHash],
    );
    if (!found?.usable) return { session: null };
    const { usable: _, reused, ...session } = found;
    if (reused) {
      const reason = 'a refresh token was used twice';
      await endSessionsOf(ctx, { userId: session.userId, only: session.id }, reason);
      writeAudit(
        em,
        { verbName: 'refresh-session', caller: { actor: ctx.actor, requestId: ctx.requestId }, now: ctx.now },
        [
          {
            action: 'LOGOUT',
            tableName: 'app_user',
            recordId: session.userId,
            oldValues: null,
            newValues: { sessionId: session.id, reason },
          },
        ],
      );
      return { session: null };
    }
    await em.execute(
      `update session set refresh_hash = ?, expires_at = now() + make_interval(days => ?) where id = ?`,
      [newHash, sessionDays, session.id],
      'run',
    );
    return { session };
  },
);
