/** A value among several of a field, and what it is for. */
export interface TypedLine {
  type: string;
  value: string;
}

/** Such values as texts, each as `home: 555-123-4567`. */
export const typedLines = (values: unknown): string[] =>
  ((values ?? []) as TypedLine[]).map(({ type, value }) => `${type}: ${value}`);

/** The same the other way: lines that say something. An address may stand without a word, and holds no colon. */
export const typedValues = (lines: readonly string[]): TypedLine[] =>
  lines.map(line => {
    const [, type = '', value = ''] = /^(?:([^@]*):)?(.*)$/s.exec(line.trim()) ?? [];
    return { type: type.trim() || 'other', value: value.trim() };
  }).filter(({ value }) => value);
