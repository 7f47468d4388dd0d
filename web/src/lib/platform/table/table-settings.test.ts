import { expect, it, test } from '@jest/globals';
import { noSettings, widthMax, widthMin } from '#domain/platform/table/table-preference.ts';
import { narrowest, plainLayout, shownColumns, widest } from '#lib/ui/table/table-layout.ts';
import {
  askedOf, asksNothing, hasLayout, layoutOf, listPath, ofView, paramsOf, saidLayout, sameAsked, sameSettings,
  withLayout,
} from './table-settings.ts';

const names = ['industry', 'where'];
const address = (search: string) => ({ pathname: '/accounts', searchParams: new URLSearchParams(search) });

it('an address and what is kept of it say the same', () => {
  const asked = askedOf(address('industry=Food&sort=-owner,accountName&page=3&moon=1'), names);
  expect(asked).toEqual({
    filterSettings: { industry: 'Food' },
    sortSettings: [{ field: 'owner', descending: true }, { field: 'accountName', descending: false }],
  });
  expect(paramsOf(asked, names)).toEqual({ industry: 'Food', where: null, sort: '-owner,accountName' });
  const custom = { ...asked, filterSettings: { 'moon': '1', 'customFields.gone': 'x' } };
  expect(paramsOf(custom, names)).toMatchObject({ 'customFields.gone': 'x' });
  expect(paramsOf(custom, names)).not.toHaveProperty('moon');
  expect(askedOf(address('page=2'), names)).toEqual({ filterSettings: null, sortSettings: null });
  expect(sameAsked(asked, askedOf(address('sort=-owner,accountName&industry=Food'), names))).toBe(true);
  expect(sameAsked(asked, askedOf(address('sort=-owner&industry=Food'), names))).toBe(false);
});

it('a view keeps the search too, and an address that names a view alone leaves open what is asked', () => {
  const asked = askedOf(address('industry=Food&q=fjord&view=1'), ofView(names));
  expect(asked.filterSettings).toEqual({ industry: 'Food', q: 'fjord' });
  expect(paramsOf(asked, ofView(names))).toMatchObject({ industry: 'Food', q: 'fjord' });
  expect(asksNothing(address('view=1&peek=2&page=3'), names)).toBe(true);
  for (const said of ['q=fjord', 'sort=-owner', 'where={}']) expect(asksNothing(address(said), names)).toBe(false);
});

test.each([
  ['/accounts', '/accounts'], ['/accounts/new', '/accounts'], ['/tasks/all/7f/edit', '/tasks/all'],
  ['/accounts/7f', '/accounts/7f'], ['/accounts/7f/history', '/accounts/7f/history'],
])('%s is of the list %s', (path, list) => expect(listPath(path)).toBe(list));

it('a layout goes into settings and comes back', () => {
  expect(layoutOf(noSettings)).toEqual(plainLayout);
  const layout = { order: ['b', 'a'], hidden: ['a'], widths: { b: 90 }, pinned: 1, density: 'dense' as const };
  expect(layoutOf(withLayout(noSettings, layout))).toEqual(layout);
  expect(sameSettings(noSettings, withLayout(noSettings, layout))).toBe(false);
  expect([narrowest, widest]).toEqual([widthMin, widthMax]);
});

it('a view has a layout where anything is arranged: the density, widths or pins alone, or that it was reset', () => {
  expect(hasLayout({ ...noSettings, filterSettings: { industry: 'Food' } })).toBe(false);
  for (const some of [{ density: 'dense' }, { widths: { b: 90 } }, { pinned: 1 }, { order: ['b'] }] as const)
    expect(hasLayout(withLayout(noSettings, { ...plainLayout, ...some }))).toBe(true);
  const reset = withLayout(noSettings, saidLayout(plainLayout));
  expect(hasLayout(reset)).toBe(true);
  expect(sameSettings(noSettings, reset)).toBe(false);
  const columns = [{ key: 'a', label: 'A' }, { key: 'b', label: 'B', optional: true }];
  expect(shownColumns(columns, layoutOf(reset))).toEqual(shownColumns(columns, plainLayout));
});
