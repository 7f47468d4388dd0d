import { z } from 'zod';
import { verb } from '../verb.ts';

/** Notes that a session was used; asked at most once a minute for each. */
export const touchSession = verb(
  { name: 'touch-session', needs: 'process', quiet: true, input: z.object({ id: z.uuid() }), output: z.object({}) },
  async ({ em }, { id }) => {
    await em.execute('update session set last_used_at = now() where id = ?', [id], 'run');
    return {};
  },
);
