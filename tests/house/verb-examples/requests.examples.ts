import { deletePov } from '../../../activities/pov/delete-pov.ts';
import { createPov } from '../../../activities/pov/create-pov.ts';
import { featureRequestVerbs } from '../../../activities/pov/request/feature-request-verbs.ts';
import { createPhaseTemplate } from '../../../activities/pov/phase-template/create-phase-template.ts';
import { deletePhaseTemplate } from '../../../activities/pov/phase-template/delete-phase-template.ts';
import { supportRequestVerbs } from '../../../activities/pov/request/support-request-verbs.ts';
import type { RecordVerbs } from '../../../activities/platform/record/record-verbs.ts';
import type { Example, Examples, World } from '../verb-world.ts';

const idOf = (row: Record<string, unknown>): string => row['id'] as string;

/** The five verbs of a declared record. */
const ofRecord = (verbs: RecordVerbs): Record<keyof RecordVerbs, (w: World) => Promise<Example>> => {
  const made = async (w: World): Promise<string> => idOf(await w.run(verbs.create, { title: 'Example' }));
  const by = (w: World, input: unknown): Example => ({ input, as: w.as('manager') });
  return {
    create: async w => by(w, { title: 'Example' }),
    patch: async w => by(w, { id: await made(w), fields: { title: 'Renamed' } }),
    put: async w => by(w, { id: await made(w), fields: { title: 'Replaced' } }),
    remove: async w => by(w, { id: await made(w) }),
    restore: async w => {
      const id = await made(w);
      await w.run(verbs.remove, { id });
      return by(w, { id });
    },
  };
};
const feature = ofRecord(featureRequestVerbs);
const support = ofRecord(supportRequestVerbs);

export const requestExamples: Examples = {
  createFeatureRequest: feature.create,
  patchFeatureRequest: feature.patch,
  replaceFeatureRequest: feature.put,
  removeFeatureRequest: feature.remove,
  restoreFeatureRequest: feature.restore,
  createSupportRequest: support.create,
  patchSupportRequest: support.patch,
  replaceSupportRequest: support.put,
  removeSupportRequest: support.remove,
  restoreSupportRequest: support.restore,
};

/** What was deleted and comes back. */
export const restoreExamples: Examples = {
  restorePov: async w => {
    const dates = { startDate: '2026-11-24T09:00:00.000Z', endDate: '2027-01-13T09:00:00.000Z' };
    const { id } = await w.run(createPov, { title: 'Example', ...dates });
    await w.run(deletePov, { id });
    return { input: { id }, as: w.as('admin') };
  },
  restorePhaseTemplate: async w => {
    const { id: templateId } = await w.run(createPhaseTemplate, { name: 'Gone', workflow: [] }, w.as('admin'));
    await w.run(deletePhaseTemplate, { templateId }, w.as('admin'));
    return { input: { templateId }, as: w.as('admin') };
  },
};
