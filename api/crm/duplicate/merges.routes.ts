import { mergeAccounts, mergeContacts } from '../../../activities/crm/duplicate/merge-records.ts';
import { undoMerge } from '../../../activities/crm/duplicate/undo-merge.ts';
import { mergesOf } from '../../../db/crm/duplicate/merges.query.ts';
import { mergeEndpoints } from '../../../domain/crm/duplicate/merge.contract.ts';
import { serve } from '../../platform/serve.ts';

export const mergeRoutes = serve(mergeEndpoints, {
  contacts: ({ run, body }) => run(mergeContacts, body),
  accounts: ({ run, body }) => run(mergeAccounts, body),
  list: async ({ read, actor, query }) => ({ items: await mergesOf(read, actor, query.recordId) }),
  undo: ({ run, params }) => run(undoMerge, params),
});
