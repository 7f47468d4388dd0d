import { expect, it } from '@jest/globals';
import { noSettings, widthMax, widthMin } from '#domain/platform/table/table-preference.ts';
import { narrowest, plainLayout, widest } from '#lib/ui/table/table-layout.ts';
import { askedOf, layoutOf, paramsOf, sameAsked, sameSettings, withLayout } from './table-settings.ts';

const names = ['industry', 'where'];
const address = (search: string) => ({ pathname: '/accounts', searchParams: new URLSearchParams(search) });

it('an address and what is kept of it say the same', () => {
  const asked = askedOf(address('industry=Food&sort=-owner,accountName&page=3&moon=1'), names);
  expect(asked).toEqual({
    filterSettings: { industry: 'Food' },
    sortSettings: [{ field: 'owner', descending: true }, { field: 'accountName', descending: false }],
  });
  expect(paramsOf(asked, names)).toEqual({ industry: 'Food', where: null, sort: '-owner,accountName' });
  expect(askedOf(address('page=2'), names)).toEqual({ filterSettings: null, sortSettings: null });
  expect(sameAsked(asked, askedOf(address('sort=-owner,accountName&industry=Food'), names))).toBe(true);
  expect(sameAsked(asked, askedOf(address('sort=-owner&industry=Food'), names))).toBe(false);
});

it('a layout goes into settings and comes back', () => {
  expect(layoutOf(noSettings)).toEqual(plainLayout);
  const layout = { order: ['b', 'a'], hidden: ['a'], widths: { b: 90 }, pinned: 1, density: 'dense' as const };
  expect(layoutOf(withLayout(noSettings, layout))).toEqual(layout);
  expect(sameSettings(noSettings, withLayout(noSettings, layout))).toBe(false);
  expect([narrowest, widest]).toEqual([widthMin, widthMax]);
});
