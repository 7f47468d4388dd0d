import { notify } from '#lib/ui/overlay/toast.ts';
import { typedWords } from './amount.ts';
import { ApiError } from './client.ts';

/** What went wrong, in words for the reader. */
export function problemText(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return error instanceof Error && error.message ? error.message : 'Something went wrong';
}

export const requestIdOf = (error: unknown): string | null => (error instanceof ApiError ? error.requestId : null);

/** For an ErrorState or the `error` of a table; null while there is none. */
export const shownProblem = (error: unknown): { message: string; requestId: string | null } | null =>
  error ? { message: problemText(error), requestId: requestIdOf(error) } : null;

/** Messages by field: `/phases/0/name` becomes `phases.0.name`. The first of each field counts. */
export function fieldErrors(error: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  if (!(error instanceof ApiError)) return found;
  for (const { pointer, message } of error.errors)
    found[pointer.replace(/^[/?]/, '').replaceAll('/', '.')] ??= typedWords(message);
  return found;
}

/** A notice, unless the fields already say it. */
export function showProblem(error: unknown, shownFields: readonly string[] = []): void {
  const fields = Object.keys(fieldErrors(error));
  if (fields.length > 0 && fields.every(field => shownFields.includes(field))) return;
  const messages = fields
    .filter(field => !shownFields.includes(field))
    .map(field => `${field}: ${fieldErrors(error)[field]}`);
  notify.failed(problemText(error), { description: messages.join('; ') || undefined, requestId: requestIdOf(error) });
}

/** Whether it was done; what was refused is told. */
export const wasDone = (sent: Promise<unknown>): Promise<boolean> =>
  sent.then(
    () => true,
    (failure: unknown) => {
      showProblem(failure);
      return false;
    },
  );

/** Somebody saved a newer version in between. */
export const isStale = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 412 || (error.status === 409 && error.code.includes('version')));
