import { Tag } from '../../../db/crm/tag/tag.entity.ts';
import { tags, tagsMax } from '../../../domain/crm/tag/tag.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { recordVerbs } from '../../platform/record/record-verbs.ts';

export const tagVerbs = recordVerbs(tags, Tag, {
  complete: async ({ em, tenantId }, sent, before) => {
    const { name } = sent;
    if (before && name !== undefined && name !== before.name)
      throw invalidField('name', 'stays as it is: records have it');
    if (before) return sent;
    // New ones wait for each other: two could be the same, or the last that there is room for.
    await em.execute(`select pg_advisory_xact_lock(hashtextextended('tags ' || ?, 0))`, [tenantId]);
    const all = await em.find(Tag, { deletedAt: null });
    if (all.some(tag => tag.name.toLowerCase() === (name as string).toLowerCase()))
      throw invalidField('name', 'has a colour already');
    if (all.length >= tagsMax) throw invalidField('name', `cannot be added: ${tagsMax} tags have a colour already`);
    return sent;
  },
});
