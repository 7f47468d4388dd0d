import { describe, expect, it } from '@jest/globals';
import { contrast, hexOf, oklchOf, type Oklch } from './colour.ts';
import { Accent, contrastMin, themeCss, themeOf, whyNotAccent } from './theme.ts';

it('a colour is the same there and back', () => {
  for (const hex of ['#3651cf', '#000000', '#ffffff', '#0f7b3e', '#b3261e', '#808080'])
    expect(hexOf(oklchOf(hex))).toBe(hex);
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

describe('an accent', () => {
  it.each([['#3651cf'], ['#000000'], ['#767676'], ['#B3261E']])('%s will do', hex =>
    expect(Accent.parse(hex)).toBe(hex.toLowerCase()));

  it('that white text cannot be read on is refused with what would do', () => {
    const why = whyNotAccent('#ffd400');
    expect(why).toMatch(/^is too light: white text on it has a contrast of 1\.\d+:1 and needs 4\.5:1; #\w{6} would do$/);
    expect(whyNotAccent(/#[0-9a-f]{6}/.exec(why!)![0])).toBeUndefined();
    expect(Accent.safeParse('#777777').error?.issues[0]!.message).toMatch(/^is too light: .* of 4\.47:1/);
  });

  it.each([['blue'], ['#fff'], ['#12345g'], ['url(x)'], ['#000000;}']])('%s is none', text =>
    expect(Accent.safeParse(text).error?.issues.map(i => i.message)).toEqual(['must be a colour, as #3651cf']));

  it('is a style sheet of numbers alone', () => {
    const rules = String.raw`\{(--[a-z-]+:oklch\([\d. ]+\);?)+\}`;
    expect(themeCss('#0f7b3e')).toMatch(new RegExp(`^:root:root${rules}:root\\.dark${rules}$`));
  });
});

/** Grounds of `web/src/app.css` that the accent stands on. */
const grounds = {
  light: [[1, 0, 0], [0.982, 0.003, 265], [0.962, 0.005, 265]],
  dark: [[0.17, 0.008, 265], [0.198, 0.009, 265], [0.245, 0.011, 265]],
} as const;
const accents = Array.from({ length: 72 }, (_, i) => i * 5).flatMap(h =>
  [0, 0.08, 0.2, 0.35].flatMap(c => [0.2, 0.4, 0.5, 0.55].map(l => hexOf({ l, c, h }))))
  .filter(hex => whyNotAccent(hex) === undefined);

it('is read in light and dark, whatever its hue', () => {
  expect(accents.length).toBeGreaterThan(500);
  const least = { text: 21, ring: 21 };
  for (const accent of accents)
    for (const mode of ['light', 'dark'] as const) {
      const tokens = themeOf(accent)[mode];
      const on = grounds[mode].map(([l, c, h]): Oklch => ({ l, c, h }));
      const texts = [
        ...[tokens.primary, tokens['primary-hover']].map(ground => contrast(tokens['primary-foreground'], ground)),
        ...[tokens['primary-tint'], ...on].map(ground => contrast(tokens['primary-text'], ground)),
      ];
      least.text = Math.min(least.text, ...texts);
      least.ring = Math.min(least.ring, contrast(tokens.ring, on[0]!));
    }
  expect(least.text).toBeGreaterThanOrEqual(contrastMin);
  expect(least.ring).toBeGreaterThanOrEqual(3);
});
