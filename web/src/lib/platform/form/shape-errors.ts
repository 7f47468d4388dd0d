import type { z } from 'zod';

/** Messages by field of a body that does not fit its shape, as the API would give them: `metadata.teamSize`. */
export function shapeErrors(shape: z.ZodType, body: unknown): Record<string, string> {
  const parsed = shape.safeParse(body);
  const found: Record<string, string> = {};
  for (const issue of parsed.error?.issues ?? []) found[issue.path.join('.')] ??= plain(issue.message);
  return found;
}

/** zod's own words for what is missing are not for people. */
const plain = (message: string): string =>
  /^Invalid input: expected .* received undefined/.test(message) ? 'must be filled in' : message;
