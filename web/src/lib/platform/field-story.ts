import type { HistoryEntry } from '#domain/platform/record.ts';
import { kindWord } from './kind-word.ts';

const longest = 80;
const done: Record<string, string> = { CREATE: 'created', DELETE: 'deleted', RESTORE: 'restored' };

interface Words {
  dayText: (instant: string) => string;
  label: (field: string) => string;
  /** A value that the page has a word for; null for any other. Amounts may be of two currencies. */
  valueWord?: (field: string, value: unknown, told: { by: string; side: Side }) => string | null;
}
export type Side = 'from' | 'to';
const sides: readonly Side[] = ['from', 'to'];
type Change = HistoryEntry['changes'][number];

/** The history of a record for `Story`: which fields were changed, from what to what, of it or of a part of it. */
export const fieldStory = (items: readonly HistoryEntry[], { dayText, label, valueWord }: Words) =>
  items
    .filter(({ action, changes }) => done[action] ?? changes.length)
    .map(({ id, at, by, action, changes, part }) => ({
      id,
      at,
      by: by === 'system' ? null : by,
      what: done[action] ? `${done[action]} ${part ? partText(part) : 'it'}`
        : `changed ${namesOf(changes, label)}${part ? ` of ${partText(part)}` : ''}`,
      note: done[action]
        ? null
        : changes.map(change => sides
          .map(side => valueWord?.(change.field, change[side], { by: id, side }) ?? valueText(change[side], dayText))
          .join(' → ')).join(' · '),
    }));

/** "the phase Setup", "the KPI Latency". */
const partText = ({ kind, name }: NonNullable<HistoryEntry['part']>): string => {
  const word = kindWord(kind);
  return `the ${/^[A-Z]{2}/.test(word) ? word : word.toLowerCase()} ${name}`;
};

const namesOf = (changes: readonly Change[], label: Words['label']): string =>
  changes.map(({ field, of }) => `${label(field).toLowerCase()}${of ? ` ${of}` : ''}`).join(', ');

function valueText(value: unknown, dayText: (instant: string) => string): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'nothing';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return dayText(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
