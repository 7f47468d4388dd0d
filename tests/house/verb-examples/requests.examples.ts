import { deletePov } from '../../../activities/pov/delete-pov.ts';
import { createPov } from '../../../activities/pov/create-pov.ts';
import { featureRequestVerbs } from '../../../activities/pov/request/feature-request-verbs.ts';
import { createPhaseTemplate } from '../../../activities/pov/phase-template/create-phase-template.ts';
import { deletePhaseTemplate } from '../../../activities/pov/phase-template/delete-phase-template.ts';
import { supportRequestVerbs } from '../../../activities/pov/request/support-request-verbs.ts';
import type { Examples } from '../verb-world.ts';
import { recordExamples } from './record.examples.ts';

const request = { fields: () => ({ title: 'Example' }), change: { title: 'Renamed' } };
const feature = recordExamples(featureRequestVerbs, request);
const support = recordExamples(supportRequestVerbs, request);

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
