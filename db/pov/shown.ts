import type { z } from 'zod';

/** An entity as the API shows it: the fields of the shape, instants as ISO strings, what is missing as null. Flush before. */
export const shown = <S extends z.ZodObject>(shape: S, row: object): z.input<S> => Object.fromEntries(
  Object.keys(shape.shape).map(key => [key, plain((row as Record<string, unknown>)[key])]),
) as z.input<S>;

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value ?? null);
