import { z } from 'zod';
import { Id } from '../../platform/id.ts';

/** How sure it is that two records are one: in percent, with what says so. */
export interface Match {
  score: number;
  reasons: string[];
}

/** From here on a pair is worth a look; from there on a new one is not made without a word (CRM-034). */
export const possibleFrom = 50;
export const likelyFrom = 80;

export const duplicateSubjects = ['contact', 'account'] as const;
export type DuplicateSubject = (typeof duplicateSubjects)[number];

export const Candidate = z
  .object({
    id: Id,
    title: z.string().meta({ example: 'Jon Smith' }),
    about: z.string().nullable().meta({ description: 'What tells it from others', example: 'CTO · Acme' }),
    score: z.int().meta({ description: `In percent; from ${likelyFrom} on it is likely the same` }),
    reasons: z.array(z.string()).meta({ example: ['Similar name', 'Same account'] }),
  })
  .meta({ id: 'DuplicateCandidate' });
export type Candidate = z.output<typeof Candidate>;

/** Addresses that say nothing of where somebody works. */
export const ofAnybody: ReadonlySet<string> = new Set([
  'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'yahoo.com', 'icloud.com', 'me.com',
  'aol.com', 'gmx.com', 'gmx.de', 'gmx.net', 'web.de', 'proton.me', 'protonmail.com', 'mail.com', 'msn.com',
]);

/** The domain of a web or mail address that belongs to one company, as `domain_key` of the database cuts it out. */
export function companyDomain(address: string | null | undefined): string | null {
  const found = /(?::\/\/|@)(?:www\.)?([^/:?#@]+)/.exec(address?.toLowerCase() ?? '');
  const domain = found?.[1];
  return domain && !ofAnybody.has(domain) ? domain : null;
}

export const matched = (said: readonly (readonly [boolean, number, string])[]): Match => {
  const held = said.filter(([holds]) => holds);
  return {
    score: Math.min(100, held.reduce((sum, [, points]) => sum + points, 0)),
    reasons: held.map(([, , reason]) => reason),
  };
};
