import { expect, it } from '@jest/globals';
import { boardQueryOf, tableOf, viewOf } from './board-query.ts';

const [me, other] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'] as const;
const asked = (search: string) =>
  boardQueryOf({ pathname: '/pipeline', searchParams: new URLSearchParams(search) }, me);

it('search and owner stay, whichever way opportunities are looked at', () => {
  const mine = asked('q=cold&whose=mine');
  expect([tableOf(null, mine), viewOf('forecast', mine, me)])
    .toEqual([`/opportunities?ownerId=${me}&q=cold`, '/opportunities/forecast?q=cold&whose=mine']);
  expect([viewOf('board', asked(`ownerId=${me}`), me), viewOf('board', asked(`ownerId=${other}`), me)])
    .toEqual(['/opportunities/board?whose=mine', `/opportunities/board?ownerId=${other}`]);
  expect(asked(`ownerId=${me},${other}&q= `)).toEqual({});
});

it('the table of a column asks for what the board does', () => {
  expect(tableOf('won', asked('q=cold store&whose=mine')))
    .toBe(`/opportunities?stage=won&ownerId=${me}&q=cold+store`);
  expect(tableOf('won', asked(''))).toBe('/opportunities?stage=won');
});
