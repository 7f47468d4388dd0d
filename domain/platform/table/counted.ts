import { z } from 'zod';

/** What a list counts of a row stands together in it: `contactCount` is `_count.contacts`. */
export function countIn(row: Readonly<Record<string, unknown>>, field: string): number | undefined {
  const of = field in row ? undefined : /^(\w+)Count$/.exec(field)?.[1];
  return of === undefined ? undefined : (row['_count'] as Record<string, number> | undefined)?.[`${of}s`];
}

/** The names by which columns show the counts of a record. */
export function countNames({ View }: { View: { shape: Readonly<Record<string, unknown>> } }): string[] {
  const counts = View.shape['_count'];
  return counts instanceof z.ZodObject
    ? Object.keys(counts.shape).filter(name => name.endsWith('s')).map(name => `${name.slice(0, -1)}Count`) : [];
}
