import { describe, expect, it } from '@jest/globals';
import { approvalSteps, defaultApprovers, whyNotSubmit } from './phase-approval.ts';
import type { TeamMemberRole } from './team-member.ts';

const member = (userId: string, role: TeamMemberRole, active = true) => ({ userId, role, active });

describe('[APR-039] the steps of a phase approval', () => {
  it('are project manager and sales engineer, side by side, without the submitter', () => {
    const team = [
      member('o', 'OWNER'),
      member('pm', 'PROJECT_MANAGER'),
      member('se', 'SALES_ENGINEER'),
      member('se2', 'SALES_ENGINEER'),
    ];
    expect(approvalSteps(defaultApprovers, team, 'se2')).toEqual([
      { name: 'Project manager', order: 0, role: 'PROJECT_MANAGER', assigneeIds: ['pm'] },
      { name: 'Sales engineer', order: 1, role: 'SALES_ENGINEER', assigneeIds: ['se'] },
    ]);
  });

  it('have nobody where the only holder submits or is not active, so that the admins are asked', () => {
    const team = [member('pm', 'PROJECT_MANAGER'), member('se', 'SALES_ENGINEER', false)];
    expect(approvalSteps(defaultApprovers, team, 'pm').map(s => s.assigneeIds)).toEqual([[], []]);
  });

  it('leave tenant roles to whoever holds them', () => {
    expect(
      approvalSteps(
        [{ role: 'SALES_MANAGEMENT' }, { role: 'TECHNICAL_TEAM', name: 'Tech check' }],
        [member('t', 'TECHNICAL_TEAM')],
        'x',
      ),
    ).toEqual([
      { name: 'Sales management', order: 0, role: 'SALES_MANAGEMENT' },
      { name: 'Tech check', order: 1, role: 'TECHNICAL_TEAM', assigneeIds: ['t'] },
    ]);
  });
});

describe('[APR-033] a phase is submitted', () => {
  const phase = { name: 'Setup', status: 'IN_PROGRESS', submittedAt: null } as const;
  it.each([
    ['while it runs', phase, 'IN_PROGRESS', undefined],
    ['before the launch too', { ...phase, status: 'NOT_STARTED' }, 'PROJECTED', undefined],
    ['not twice', { ...phase, submittedAt: new Date() }, 'IN_PROGRESS', 'Setup is already waiting for approval'],
    ['not when completed', { ...phase, status: 'COMPLETED' }, 'IN_PROGRESS', 'Setup is already completed'],
    ['not when blocked', { ...phase, status: 'BLOCKED' }, 'IN_PROGRESS', 'Setup is blocked'],
    ['not in a POV that is over', phase, 'LOST', 'The POV is lost'],
  ] as const)('%s', (_, p, status, why) => expect(whyNotSubmit(p, status)).toBe(why));
});
