import { z } from 'zod';
import { verb } from '../verb.ts';

/** Notes that a key was used; asked at most once a minute per key. */
export const touchApiKey = verb(
  { name: 'touch-api-key', needs: 'process', quiet: true, input: z.object({ id: z.uuid() }), output: z.object({}) },
  async ({ em }, { id }) => {
    await em.execute('update api_key set last_used_at = now() where id = ?', [id], 'run');
    return {};
  });
