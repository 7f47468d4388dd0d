import { Refusal } from '../../domain/platform/errors.ts';

/** NUL, and half of a surrogate pair: PostgreSQL keeps neither. */
const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

const depthMax = 50;

/**
 * Refuses texts that no column can keep, wherever in the input they stand, and what is nested without end, so that no
 * shape has to think of them.
 */
export function assertStorable(input: unknown, at: '' | '?' | ':'): void {
  const rest: { value: unknown; path: string; depth: number }[] = [{ value: input, path: '', depth: 0 }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string' && isUnstorable(value)) throw refused(at, path, unstorable);
    if (typeof value !== 'object' || value === null) continue;
    if (depth === depthMax) throw refused(at, path, 'is nested too deeply');
    for (const [key, inner] of Object.entries(value)) {
      if (isUnstorable(key)) throw refused(at, path, unstorable);
      rest.push({ value: inner, path: `${path}/${key}`, depth: depth + 1 });
    }
  }
}

const unstorable = 'must be a text without NUL and without half characters';

function refused(at: '' | '?' | ':', path: string, message: string): Refusal {
  if (at === ':') return new Refusal('not-found', 'Record not found');
  const pointer = at === '?' ? `?${path.slice(1).replaceAll('/', '.')}` : path;
  return new Refusal('invalid', 'Validation failed', { fields: [{ pointer, code: 'text', message }] });
}
