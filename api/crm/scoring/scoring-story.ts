import { sql } from '../../../db/platform/sql.ts';
import { allows } from '../../../domain/platform/permission.ts';
import type { StoryReader } from '../../story-readers.ts';

/** Who may read the rules hears how far the scoring is. */
export const scoringStory: StoryReader = {
  changedBy: [],
  recordOf: event => event.entityId,
  readable: async (read, actor, ids) => {
    if (!allows(actor.ability, 'scoring-rule:read')) return new Set();
    const rows = await read.rows<{ id: string }>(
      sql`select id from scoring_run where id = any(${[...ids]}::uuid[]) and deleted_at is null`,
    );
    return new Set(rows.map(row => row.id));
  },
};
