import { ZodError } from 'zod';
import { ConfigError } from '../db/platform/config.ts';
import { Refusal } from '../domain/platform/errors.ts';

/** A reason to stop that the reader can act on: printed as one line, without a stack. */
export class Failure extends Error {}

/** What making a folder meets where none can be: a system folder, or a file in its way. */
const notAFolder = ['EPERM', 'EEXIST', 'ENOTDIR'];

/** The one line to print for any error of a command. */
export function explain(error: unknown): string {
  if (error instanceof Failure || error instanceof ConfigError) return error.message;
  if (error instanceof ZodError) return error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
  if (error instanceof Refusal) {
    const fields = error.details.fields?.map((f) => `${f.pointer.slice(1)} ${f.message}`) ?? [];
    return [error.message, ...fields].join('; ');
  }
  const code = codeOf(error);
  if (code === 'ENOSPC') return `No disk space left${placeOf(error)}. Free some and start again.`;
  if (code === 'EROFS' || code === 'EACCES' || (code && placeOf(error) && notAFolder.includes(code))) {
    return `Cannot write${placeOf(error)}. Set DATA_DIR to a folder of yours.`;
  }
  if (code === 'EMFILE') return 'Too many open files. Raise the limit with `ulimit -n 4096`.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The system's error code (`ENOENT` and so on) or PostgreSQL's, if the error has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Runs a command's main function and turns whatever it throws into one line and exit code 1. */
export async function command(main: () => Promise<number | void>): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}

function placeOf(error: unknown): string {
  const path = typeof error === 'object' && error !== null && 'path' in error ? error.path : undefined;
  return typeof path === 'string' ? ` at ${path}` : '';
}
