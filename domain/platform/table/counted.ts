import { z } from 'zod';

/** What is counted of a row, by the name of the column that shows it. */
const counted: Readonly<Record<string, string>> = {
  contactCount: 'contacts', opportunityCount: 'opportunities', childCount: 'children', taskCount: 'tasks',
  lineItemCount: 'lineItems', participantCount: 'participants', commentCount: 'comments',
};

/** What a list counts of a row stands together in it: `contactCount` is `_count.contacts`. */
export function countIn(row: Readonly<Record<string, unknown>>, field: string): number | undefined {
  if (field in row || !Object.hasOwn(counted, field)) return undefined;
  return (row['_count'] as Record<string, number> | undefined)?.[counted[field]!];
}

/** The names by which columns show the counts of a record. */
export function countNames({ View }: { View: { shape: Readonly<Record<string, unknown>> } }): string[] {
  const counts = View.shape['_count'];
  return counts instanceof z.ZodObject
    ? Object.keys(counted).filter(name => Object.hasOwn(counts.shape, counted[name]!)) : [];
}
