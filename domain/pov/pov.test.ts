import { describe, expect, it } from '@jest/globals';
import { CreatePov, PatchPov, PutPov } from './pov.ts';
import { PovStatus } from './pov-status.ts';
import { PhaseDefinition } from './phase-template.ts';
import { GivenTeamRole, TeamMemberRole } from './team-member.ts';

const minimal = { title: ' Acme ', startDate: '2026-01-01', endDate: '2026-02-20T10:00:00+02:00' };
const fieldsOf = (body: object): string[] => CreatePov.safeParse(body).error?.issues.map(i => i.path.join('.')) ?? [];

describe('[POV-001] a POV is made of', () => {
  it('title and dates; days and offsets become instants', () =>
    expect(CreatePov.parse(minimal)).toEqual({
      title: 'Acme',
      startDate: '2026-01-01T00:00:00.000Z',
      endDate: '2026-02-20T08:00:00.000Z',
    }));
  it('not without them, and not with a blank title', () => {
    expect(fieldsOf({})).toEqual(['title', 'startDate', 'endDate']);
    expect(fieldsOf({ ...minimal, title: '  ' })).toEqual(['title']);
  });
  it('decimals as strings, words without repetition', () => {
    expect(
      CreatePov.parse({ ...minimal, revenue: 1250.5, estimatedBudget: '9.10', tags: ['a', 'a', 'b'] }),
    ).toMatchObject({ revenue: '1250.5', estimatedBudget: '9.10', tags: ['a', 'b'] });
    expect(fieldsOf({ ...minimal, revenue: 'much' })).toEqual(['revenue']);
  });
});

it('[POV-002] has one of six statuses', () => {
  expect(PovStatus.options).toEqual(['PROJECTED', 'IN_PROGRESS', 'STALLED', 'VALIDATION', 'WON', 'LOST']);
  expect(PatchPov.safeParse({ status: 'ACTIVE' }).success).toBe(false);
});

it('[POV-005] ends after it starts, named by the field', () => {
  expect(fieldsOf({ ...minimal, endDate: '2025-12-31' })).toEqual(['endDate']);
  expect(fieldsOf({ ...minimal, endDate: '2026-01-01' })).toEqual([]);
  expect(PutPov.safeParse({ ...minimal, endDate: '2025-12-31' }).success).toBe(false);
});

it('[POV-011] keeps customer, team size, criteria and requirements', () => {
  const metadata = { customer: 'Acme', teamSize: 5, successCriteria: ['fast'], technicalRequirements: 'SSO' };
  expect(CreatePov.parse({ ...minimal, metadata }).metadata).toEqual(metadata);
});

it('[POV-021] team roles: OWNER is not given by hand', () => {
  expect(TeamMemberRole.options).toEqual(['OWNER', 'PROJECT_MANAGER', 'SALES_ENGINEER', 'TECHNICAL_TEAM']);
  expect(GivenTeamRole.safeParse('OWNER').success).toBe(false);
});

it('[POV-062] a phase definition keeps its sub-items, wherever they stand', () => {
  const definition = PhaseDefinition.parse({
    id: 'x',
    order: 3,
    name: 'Setup',
    type: 'EXECUTION',
    tasks: ['a'],
    details: { scope: 'b' },
  });
  expect(definition).toEqual({
    name: 'Setup',
    description: null,
    type: 'EXECUTION',
    details: { tasks: ['a'], scope: 'b' },
  });
  expect(PhaseDefinition.parse(definition)).toEqual(definition);
});
