import { z } from 'zod';
import { Operation } from '../../../db/platform/plumbing.entity.ts';
import { verb } from '../verb.ts';

const type = 'reconcile';

/**
 * Notes the run of the scheduled check and answers the one before it. The engine hands each run what the one before it
 * left: where the two do not say the same, database or engine was restored from an older copy.
 */
export const beginCheck = verb(
  {
    name: 'begin-check',
    needs: 'process',
    quiet: true,
    input: z.object({ run: z.string() }),
    output: z.object({ before: z.string().nullable() }),
  },
  async ({ em, tenantId, id }, { run }) => {
    const known = await em.findOne(Operation, { type });
    const { run: last = null, before = null } = (known?.input ?? {}) as { run?: string; before?: string | null };
    // The same run again, after its worker was lost.
    if (last === run) return { before };
    const input = { run, before: last };
    if (known) known.input = input;
    else {
      const now = new Date();
      em.create(Operation, { id: id(), tenantId, type, status: 'done', input, createdAt: now, updatedAt: now });
    }
    return { before: last };
  },
);
