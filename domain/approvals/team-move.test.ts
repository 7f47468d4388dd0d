import { expect, it } from '@jest/globals';
import { assigneesAfter } from './team-move.ts';

const step = (more: object = {}) => ({ role: 'PROJECT_MANAGER', assigneeIds: ['ana'], handedTo: [], ...more });
const ana = { userId: 'ana', from: 'PROJECT_MANAGER', to: 'TECHNICAL_TEAM' };
const ben = { userId: 'ben', from: null, to: 'PROJECT_MANAGER' };

it('[APR-039] a step is for who holds its role now', () => {
  expect(assigneesAfter(step(), [ana])).toEqual({ assigneeIds: [], joined: [], left: ['ana'] });
  expect(assigneesAfter(step(), [{ ...ana, to: null }])).toEqual({ assigneeIds: [], joined: [], left: ['ana'] });
  expect(assigneesAfter(step(), [ben])).toEqual({ assigneeIds: ['ana', 'ben'], joined: ['ben'], left: [] });
  expect(assigneesAfter(step(), [ana, ben])).toEqual({ assigneeIds: ['ben'], joined: ['ben'], left: ['ana'] });
});

it('[APR-039] a move that has nothing to do with its role changes nothing', () => {
  const same = { assigneeIds: ['ana'], joined: [], left: [] };
  expect(assigneesAfter(step(), [{ userId: 'ben', from: null, to: 'SALES_ENGINEER' }])).toEqual(same);
  expect(assigneesAfter(step(), [{ ...ana, to: 'PROJECT_MANAGER' }])).toEqual(same);
  expect(assigneesAfter(step({ role: null }), [{ ...ana, from: null }])).toEqual(same);
});

it('[APR-027] who was handed the step keeps it', () => {
  const handed = step({ assigneeIds: ['ben'], handedTo: ['ben'] });
  expect(assigneesAfter(handed, [{ userId: 'ben', from: 'PROJECT_MANAGER', to: null }]).assigneeIds).toEqual(['ben']);
});
