type Filter = Record<string, string>;

/** What somebody's list asks for, where it named a record that was merged: before and after. */
export interface KeptFilter {
  table: string;
  id: string;
  before: Filter;
  after: Filter;
}

/** The same conditions, of the record that stays: in a field of its own, among others, or in a tree of conditions. */
export function ofSurvivor(filter: Filter, mergedIds: readonly string[], survivorId: string): Filter {
  const merged = new RegExp(mergedIds.join('|'), 'gi');
  return Object.fromEntries(Object.entries(filter).map(([name, asked]) => [name, asked.replace(merged, survivorId)]));
}
