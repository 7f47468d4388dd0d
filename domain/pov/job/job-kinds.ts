import type { JobKind } from '../../platform/job/job-kind.ts';

/** Of this area: what is exported and changed many at once. */
export const povJobKinds = {
  pov: {
    name: 'pov', path: '/api/povs', many: 'POVs', bulk: ['update', 'reassign', 'tag', 'delete'],
    whyNoImport: 'A POV begins with its team and its phases, and is not imported',
  },
} as const satisfies Record<string, JobKind>;
