import { expect, it } from '@jest/globals';
import { validatePhaseProgress } from './phase-progress.ts';

const phase = { id: 'p' };
const round = (status: string, ...steps: string[]) => ({ status, steps: steps.map(s => ({ status: s })) });

it.each([
  ['[APR-034] an unknown phase', undefined, undefined, ['Phase not found']],
  ['[APR-034] no approval', phase, null, ['No approval workflow found']],
  [
    '[APR-034] two open of three',
    phase,
    round('in_progress', 'approved', 'pending', 'in_progress'),
    ['Phase approval workflow not completed', '2 approval steps pending'],
  ],
  [
    '[APR-034] one open',
    phase,
    round('in_progress', 'approved', 'pending'),
    ['Phase approval workflow not completed', '1 approval steps pending'],
  ],
  [
    '[APR-034] rejected',
    phase,
    round('rejected', 'rejected', 'pending'),
    ['Phase approval workflow not completed', '2 approval steps pending'],
  ],
  ['[APR-035] all approved or skipped, and completed', phase, round('completed', 'approved', 'skipped'), []],
  [
    '[POV-032] approved, but the approval itself is still open',
    phase,
    round('in_progress', 'approved'),
    ['Phase approval workflow not completed'],
  ],
])('%s', (_, p, approval, errors) => {
  expect(validatePhaseProgress(p, approval)).toEqual({ valid: errors.length === 0, errors });
});
