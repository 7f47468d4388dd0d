import { expect, it } from '@jest/globals';
import { boardQueryOf, tableOf } from './board-query.ts';

it('the table of a column asks for what the board does', () => {
  const at = (search: string) => ({ pathname: '/pipeline', searchParams: new URLSearchParams(search) });
  const asked = (search: string) => boardQueryOf(at(search), 'u1');
  expect(tableOf('won', asked('q=cold store&whose=mine'))).toBe('/opportunities?stage=won&ownerId=u1&q=cold+store');
  expect(tableOf('won', asked(''))).toBe('/opportunities?stage=won');
});
