import type { Outcomes } from './opportunity.contract.ts';

/** Closed opportunities of one key and currency. */
export interface OutcomeRow {
  key: string | null;
  label: string | null;
  currency: string;
  won: number;
  lost: number;
  wonValue: number;
  lostValue: number;
}

/** Won of all that was closed, in percent with one decimal; null where nothing was (CRM-072). */
export const winRateOf = ({ won, lost }: { won: number; lost: number }): number | null =>
  won + lost ? Math.round((won * 1000) / (won + lost)) / 10 : null;

/** The rows of each key in one, those with the most first. */
export function outcomesBy(rows: readonly OutcomeRow[]): Outcomes[] {
  const keys = [...new Set(rows.map(row => row.key))];
  return keys.map(key => together(rows.filter(row => row.key === key), key))
    .sort((a, b) => b.won + b.lost - (a.won + a.lost) || (a.label ?? '').localeCompare(b.label ?? ''));
}

/** The rows as one; amounts of different currencies stay apart. */
export function together(rows: readonly OutcomeRow[], key: string | null = null): Outcomes {
  const sum = (of: readonly OutcomeRow[], field: 'won' | 'lost' | 'wonValue' | 'lostValue'): number =>
    of.reduce((total, row) => total + row[field], 0);
  const counts = { won: sum(rows, 'won'), lost: sum(rows, 'lost') };
  const currencies = [...new Set(rows.map(row => row.currency))].sort();
  return {
    key, label: rows.find(row => row.label !== null)?.label ?? null, ...counts, winRate: winRateOf(counts),
    amounts: currencies.map(currency => {
      const of = rows.filter(row => row.currency === currency);
      return { currency, won: sum(of, 'wonValue'), lost: sum(of, 'lostValue') };
    }),
  };
}
