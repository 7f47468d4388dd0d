import { timelineOf } from '../../db/crm/timeline.query.ts';
import { accounts } from '../../domain/crm/account.ts';
import { timelineEndpoints } from '../../domain/crm/activity/timeline.contract.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { storyTellers } from '../story-tellers.ts';
import { serve } from '../platform/serve.ts';
import { proveReadable } from './prove-readable.ts';

export const timelines = serve(timelineEndpoints, {
  account: async ({ read, actor, params, query }) => {
    await proveReadable(read, accounts, actor, params.id);
    return timelineOf(read, actor, { of: 'account', id: params.id }, { ...query, others: storyTellers });
  },
  contact: async ({ read, actor, params, query }) => {
    await proveReadable(read, contacts, actor, params.id);
    return timelineOf(read, actor, { of: 'contact', id: params.id }, { ...query, others: storyTellers });
  },
  opportunity: async ({ read, actor, params, query }) => {
    await proveReadable(read, opportunities, actor, params.id);
    return timelineOf(read, actor, { of: 'opportunity', id: params.id }, { ...query, others: storyTellers });
  },
});
