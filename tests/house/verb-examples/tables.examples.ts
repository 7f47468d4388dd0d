import { randomUUID } from 'node:crypto';
import { createSavedView } from '../../../activities/platform/table/saved-view-verbs.ts';
import { noSettings } from '../../../domain/platform/table/table-preference.ts';
import type { Examples, World } from '../verb-world.ts';

const view = () => ({ pageType: 'accounts' as const, name: randomUUID(), shared: true, settings: noSettings });
const made = (w: World): Promise<{ id: string }> => w.run(createSavedView, view());

/** Tables as the manager arranges them. */
export const tableExamples: Examples = {
  keepTablePreference: async w => ({
    input: { pageType: 'accounts', columnOrder: [randomUUID()], hiddenColumns: ['industry'] },
    as: w.as('manager'),
  }),
  createSavedView: async w => ({ input: view(), as: w.as('manager') }),
  updateSavedView: async w => ({ input: { ...(await made(w)), name: randomUUID() }, as: w.as('manager') }),
  deleteSavedView: async w => ({ input: await made(w), as: w.as('manager') }),
};
