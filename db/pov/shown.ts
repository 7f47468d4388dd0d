import type { z } from 'zod';

/**
 * An entity as the API shows it: the fields of the shape, instants as ISO strings, what is missing as null. `more` are
 * fields from elsewhere. Flush before, so that times and version are those of the database.
 */
export const shown = <S extends z.ZodObject>(shape: S, row: object, more: Partial<z.input<S>> = {}): z.input<S> =>
  Object.fromEntries(
    Object.keys(shape.shape).map(key => [
      key,
      plain((more as Record<string, unknown>)[key] ?? (row as Record<string, unknown>)[key]),
    ]),
  ) as z.input<S>;

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
