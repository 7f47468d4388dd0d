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
function lineOf(item: unknown): string {
  if (typeof item === 'string') return item.trim();
  if (typeof item !== 'object' || item === null) return String(item ?? '');
  const fields = item as Record<string, unknown>;
  const found = telling.map(name => fields[name]).find(text => typeof text === 'string' && text.trim());
  return typeof found === 'string' ? found : JSON.stringify(item);
}

/** What a text area holds, one line each, as a list for the API; nothing when it is empty. */
export function listFrom(text: string): string[] | null {
  const lines = textLines(text);
  return lines.length ? lines : null;
}
/** Words by comma, each once. */
export const wordsFrom = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map(w => w.trim())
      .filter(Boolean),
  ),
];
