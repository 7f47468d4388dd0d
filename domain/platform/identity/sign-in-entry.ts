import { z } from 'zod';
import { Instant } from '../clock.ts';
import { Id } from '../id.ts';

/** A session as its user sees it in a list: where somebody is signed in. */
export const SignInEntry = z
  .object({
    id: Id,
    device: z.string().meta({ description: 'Browser and system, as far as they say', example: 'Firefox on Linux' }),
    userAgent: z.string().nullable(),
    ip: z.string().nullable().meta({ description: 'The address at sign-in', example: '192.0.2.17' }),
    createdAt: Instant,
    lastUsedAt: Instant.meta({ description: 'To the minute' }),
    expiresAt: Instant,
    current: z.boolean().meta({ description: 'Whether it is the one that asks' }),
  })
  .meta({ id: 'SignInEntry' });
export type SignInEntry = z.output<typeof SignInEntry>;

/** The first that fits: most browsers also name those that they want to be taken for. */
const programs: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];
const named = (list: [RegExp, string][], text: string): string | undefined =>
  list.find(([pattern]) => pattern.test(text))?.[1];

/** "Firefox on Linux"; of a program the name that it gives itself. */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent) return 'A program';
  const program = named(programs, userAgent) ?? /^[\w.+-]{1,40}(?=\/|$)/.exec(userAgent)?.[0] ?? 'A program';
  const system = named(systems, userAgent);
  return system ? `${program} on ${system}` : program;
}
