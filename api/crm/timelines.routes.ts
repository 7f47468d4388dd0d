import { accountTimeline, contactTimeline } from '../../db/crm/timeline.query.ts';
import { accounts } from '../../domain/crm/account.ts';
import { timelineEndpoints } from '../../domain/crm/activity/timeline.contract.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { serve } from '../platform/serve.ts';
import { proveReadable } from './prove-readable.ts';

export const timelines = serve(timelineEndpoints, {
  account: async ({ read, actor, params, query }) => {
    await proveReadable(read, accounts, actor, params.id);
    return accountTimeline(read, actor, params.id, query);
  },
  contact: async ({ read, actor, params, query }) => {
    await proveReadable(read, contacts, actor, params.id);
    return contactTimeline(read, actor, params.id, query);
  },
});
