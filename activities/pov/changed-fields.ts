import { isDeepStrictEqual } from 'node:util';

/** The names of the values that differ from the row's. */
export const changedFields = (row: object, values: object): string[] =>
  Object.entries(values)
    .filter(
      ([name, value]) =>
        value !== undefined && !isDeepStrictEqual((row as Record<string, unknown>)[name] ?? null, value ?? null),
    )
    .map(([name]) => name);
