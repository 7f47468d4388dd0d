import { phaseTemplateEndpoints } from '#domain/pov/phase-template.contract.ts';
import { reading, type Reading } from '#lib/platform/query.ts';

/** Templates change with themselves, their usage with the phases of POVs. */
export const templateFollows = ['pov.phase', 'pov.template', 'pov.pov.'];
export const templateListQuery = { pageSize: 100 };

export const templateListReading = (options: Reading = {}) =>
  reading(phaseTemplateEndpoints.list, { query: templateListQuery }, { ...options, follows: templateFollows });
