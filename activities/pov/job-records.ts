import { listPovs, matchingPovs, provePovList } from '../../db/pov/povs.query.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { povJobKinds } from '../../domain/pov/job/job-kinds.ts';
import { PovListItem } from '../../domain/pov/pov.contract.ts';
import { povWords } from '../../domain/pov/job/pov-words.ts';
import { CreatePov, PatchPov } from '../../domain/pov/pov.ts';
import type { JobRecord } from '../platform/job/job-record.ts';
import { deletePov } from './delete-pov.ts';
import { restorePov } from './restore-pov.ts';
import { updatePov } from './update-pov.ts';

/** A POV is no plain record: its own verbs change it, its own list shows it. */
export const povJobRecords: Record<string, JobRecord> = {
  pov: {
    kind: povJobKinds.pov,
    // An opportunity is that of one POV, and brings its customer along.
    record: {
      name: 'pov', subject: 'pov', tableName: 'pov', create: CreatePov,
      Patch: PatchPov.omit({ opportunityId: true, dealId: true, status: true }),
    },
    verbs: {
      create: () => Promise.reject(new Refusal('conflict', povJobKinds.pov.whyNoImport)),
      patch: (ctx, povId, fields) => ctx.run(updatePov, { ...PatchPov.parse(fields), povId }),
      remove: (ctx, id) => ctx.run(deletePov, { id }),
      restore: (ctx, id) => ctx.run(restorePov, { id }),
    },
    lists: {
      page: async (read, actor, query) => {
        const page = await listPovs(read, actor, query);
        return { ...page, items: page.items.map(pov => ({ ...pov })) };
      },
      prove: (actor, query) => provePovList(actor, query),
      ids: (actor, query, max) => matchingPovs(actor, query, max),
    },
    shown: Object.keys(PovListItem.shape),
    words: povWords,
    without: [], keys: [], lookups: {},
    owner: 'ownerId',
    tags: 'tags',
  },
};
