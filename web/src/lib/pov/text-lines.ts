import type { JsonList } from '#domain/platform/field.ts';
import { wordsOf } from '#domain/platform/shape/word-list.ts';

/** Free JSON as lines to read: each text, or the telling field of each object. */
export function textLines(value: unknown): string[] {
  if (typeof value === 'string')
    return value
      .split('\n')
      .map(l => l.trim())
      .filter(Boolean);
  if (!Array.isArray(value)) return [];
  return value.map(lineOf).filter(Boolean);
}

const telling = ['title', 'name', 'text', 'description', 'label', 'summary'];
export function lineOf(item: unknown): string {
  if (typeof item === 'string') return item.trim();
  if (typeof item !== 'object' || item === null) return String(item ?? '');
  const fields = item as Record<string, unknown>;
  const name = tellingOf(fields);
  return name ? String(fields[name]) : JSON.stringify(item);
}
/** The field of an object that says what it is. */
export const tellingOf = (fields: Record<string, unknown>): string | undefined =>
  telling.find(name => {
    const text = fields[name];
    return typeof text === 'string' && text.trim();
  });

/** What a text area holds, one line each, as a list for the API; nothing when it is empty. */
export function listFrom(text: string): string[] | null {
  const lines = textLines(text);
  return lines.length ? lines : null;
}
/** The same; a line that already stood there keeps what else is known of it. */
export function listKeeping(text: string, before: unknown): JsonList | null {
  const known = new Map((Array.isArray(before) ? (before as JsonList) : []).map(item => [lineOf(item).trim(), item]));
  return listFrom(text)?.map(line => known.get(line) ?? line) ?? null;
}
/** Words by comma, each once. */
export const wordsFrom = (text: string): string[] => [...new Set(wordsOf(text))];
