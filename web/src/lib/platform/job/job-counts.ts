import { outcomes, type Counts, type Job, type Outcome } from '#domain/platform/job/job.ts';

/** "97 created, 3 failed"; of a dry run, which does nothing yet, "97 to create, 3 with errors". */
export const sayCounts = ({ counts, mode }: Pick<Job, 'counts' | 'mode'>): string =>
  mode === 'check' ? sayPlanned(counts) : said(counts, outcome => outcome);

const planned: Partial<Record<Outcome, string>> = {
  created: 'to create', updated: 'to update', deleted: 'to delete', skipped: 'to skip', failed: 'with errors',
};
/** What a dry run found, before anything is done. */
export const sayPlanned = (counts: Counts): string => said(counts, outcome => planned[outcome] ?? outcome);

const said = (counts: Counts, word: (outcome: Outcome) => string): string =>
  outcomes
    .filter(outcome => counts[outcome])
    .map(outcome => `${counts[outcome]!.toLocaleString('en-US')} ${word(outcome)}`)
    .join(', ');
