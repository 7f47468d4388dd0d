import type { HistoryEntry } from '#domain/platform/record.ts';

const longest = 80;
const done: Record<string, string> = { CREATE: 'created it', DELETE: 'deleted it' };

interface Words {
  dayText: (instant: string) => string;
  label: (field: string) => string;
}

/** The history of a record for `Story`: which fields were changed, from what to what. */
export const fieldStory = (items: readonly HistoryEntry[], { dayText, label }: Words) =>
  items
    .filter(({ action, changes }) => done[action] ?? changes.length)
    .map(({ id, at, by, action, changes }) => ({
      id,
      at,
      by: by === 'system' ? null : by,
      what: done[action] ?? `changed ${changes.map(c => label(c.field).toLowerCase()).join(', ')}`,
      note: done[action]
        ? null
        : changes.map(c => `${valueText(c.from, dayText)} → ${valueText(c.to, dayText)}`).join(' · '),
    }));

function valueText(value: unknown, dayText: (instant: string) => string): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'nothing';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return dayText(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
