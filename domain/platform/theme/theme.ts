import { z } from 'zod';
import { line } from '../field.ts';
import { contrast, cssOf, hexOf, oklchOf, type Oklch } from './colour.ts';

/** What text needs to be read (PLT-117). */
export const contrastMin = 4.5;
export const logoTextMax = 3;

/** Why a colour cannot be the accent of pages: white text must be read on it. */
export function whyNotAccent(hex: string): string | undefined {
  const found = contrast(hex, '#ffffff');
  if (found >= contrastMin) return undefined;
  const cut = Math.floor(found * 100) / 100;
  const has = `white text on it has a contrast of ${cut}:1 and needs ${contrastMin}:1`;
  return `is too light: ${has}; ${darker(hex)} would do`;
}

/** The nearest darker one of its hue that will do. */
function darker(hex: string): string {
  const { l, ...rest } = oklchOf(hex);
  for (let at = l; at > 0; at -= 0.01) {
    const tried = hexOf({ ...rest, l: at });
    if (contrast(tried, '#ffffff') >= contrastMin) return tried;
  }
  return '#000000';
}

export const Accent = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, 'must be a colour, as #3651cf')
  .check(ctx => {
    const why = ctx.issues.length ? undefined : whyNotAccent(ctx.value);
    if (why) ctx.issues.push({ code: 'custom', input: ctx.value, message: why });
  })
  .meta({ id: 'Accent', example: '#3651cf' });
/** Stands in the mark of the shell instead of the product's own. */
export const LogoText = line(logoTextMax).meta({ example: 'ME' });

/** What a theme changes of the tokens of `web/src/app.css`; all else is the product's own. */
type Token =
  | 'primary' | 'primary-hover' | 'primary-foreground' | 'primary-tint' | 'primary-text' | 'ring';
export type Tokens = Record<Token, Oklch>;

/** The tokens that an accent brings about, in light and dark, each as far apart as the product's own are. */
export function themeOf(accent: string): { light: Tokens; dark: Tokens } {
  const own = oklchOf(accent);
  const of = (l: number, cMax: number): Oklch => ({ l, c: Math.min(own.c, cMax), h: own.h });
  return {
    light: {
      'primary': own, 'primary-hover': { ...own, l: Math.max(0, own.l - 0.05) },
      'primary-foreground': { l: 1, c: 0, h: 0 }, 'primary-tint': of(0.962, 0.018),
      'primary-text': { ...own, l: Math.min(own.l, 0.47) }, 'ring': of(0.6, 0.19),
    },
    dark: {
      'primary': of(0.7, 0.15), 'primary-hover': of(0.76, 0.13), 'primary-foreground': { l: 0.17, c: 0.02, h: 265 },
      'primary-tint': of(0.275, 0.055), 'primary-text': of(0.79, 0.115), 'ring': of(0.72, 0.15),
    },
  };
}

/** The same as a style sheet; it outweighs the product's own wherever that stands. */
export function themeCss(accent: string): string {
  const { light, dark } = themeOf(accent);
  const rules = (tokens: Tokens): string =>
    Object.entries(tokens).map(([name, colour]) => `--${name}:${cssOf(colour)}`).join(';');
  return `:root:root{${rules(light)}}:root.dark{${rules(dark)}}`;
}
