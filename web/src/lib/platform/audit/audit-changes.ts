import type { z } from 'zod';
import type { AuditEntry } from '#domain/platform/audit.ts';

export type AuditRow = z.output<typeof AuditEntry>;
export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

/** What an entry changed, field by field; nested values by their path. */
export function changesOf({ oldValues, newValues }: Pick<AuditRow, 'oldValues' | 'newValues'>): Change[] {
  const before = flat(oldValues);
  const after = flat(newValues);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map(field => ({ field, before: before.get(field) ?? null, after: after.get(field) ?? null }))
    .filter(c => c.before !== c.after);
}

function flat(values: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (values === null || values === undefined) return found;
  if (typeof values === 'object' && !Array.isArray(values)) {
    for (const [key, value] of Object.entries(values)) flat(value, path ? `${path}.${key}` : key, found);
    return found;
  }
  if (path) found.set(path, Array.isArray(values) ? JSON.stringify(values) : String(values));
  return found;
}

/** `estimatedBudget` is "Estimated budget", `details.metadata.progress` is "Details · metadata · progress". */
export const fieldWord = (field: string): string =>
  field
    .split('.')
    .map(part =>
      part
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .replaceAll('_', ' ')
        .toLowerCase(),
    )
    .join(' · ')
    .replace(/^./, c => c.toUpperCase());

/** One line for the table: "Status, end date and 2 more". */
export function summaryOf(row: AuditRow): string {
  const fields = changesOf(row)
    .filter(c => c.field !== 'id')
    .map(c => fieldWord(c.field));
  if (fields.length === 0) return '';
  const [first, second, ...more] = fields;
  if (more.length) return `${first}, ${second!.toLowerCase()} and ${more.length} more`;
  return second ? `${first} and ${second.toLowerCase()}` : first!;
}
