import type { z } from 'zod';
import '#domain/platform/shape/shape-words.ts';
import { typedWords } from '../amount.ts';

/** Messages by field of a body that does not fit its shape, as `fieldErrors` of the API's: `metadata.teamSize`. */
export function shapeErrors(shape: z.ZodType, body: unknown): Record<string, string> {
  const parsed = shape.safeParse(body);
  const found: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) found[issue.path.join('.')] ??= typedWords(issue.message);
  return found;
}
