/** Texts that were sent before, with the name they are prepared under on each connection. */
const names = new Map<string, string>();
const namesMax = 400;

/**
 * A name for a statement whose values are parameters, so that the server plans it once for each connection. Statements
 * put together from a caller's wishes come in many shapes: beyond a number of them they stay without a name.
 */
export function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= namesMax) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** Of a prepared statement whose tables were changed meanwhile: its connection cannot run it any more. */
export const isOutdated = (error: unknown): boolean =>
  ['0A000', '26000'].includes(String((error as { code?: unknown } | null)?.code));
