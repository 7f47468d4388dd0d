import { Interaction } from '../../../db/crm/activity/interaction.entity.ts';
import { interactions } from '../../../domain/crm/activity/interaction.ts';
import { findActiveUser } from '../../platform/identity/find-active-user.ts';
import { recordVerbs } from '../../platform/record/record-verbs.ts';
import { rescore } from '../scoring/rescore.ts';
import { aboutWhom } from './about.ts';

export const interactionVerbs = recordVerbs(interactions, Interaction, {
  complete: async (ctx, sent, before) => {
    const fields = await aboutWhom(ctx, sent, before);
    const known = new Set(before?.participants);
    for (const userId of (fields['participants'] as string[] | undefined) ?? [])
      if (!known.has(userId)) await findActiveUser(ctx, userId, 'participants');
    const status = fields['status'] ?? before?.status;
    // What is completed took place some time; now, if nobody knows better.
    if (status === 'completed' && !fields['completedAt'])
      fields['completedAt'] = (before?.completedAt ?? new Date(ctx.now)).toISOString();
    return fields;
  },
  follow: async (ctx, { contactId }, _happened, before) => {
    await rescore(ctx, [contactId, before?.['contactId'] as string | null | undefined]);
  },
});
