import { types } from 'node:util';
import type { ErrorRequestHandler, Response } from 'express';
import type { ZodError } from 'zod';
import { isOutOfRange } from '../../activities/platform/database-error.ts';
import { log } from '../../activities/platform/log.ts';
import { Refusal, type FieldError, type RefusalCode } from '../../domain/platform/errors.ts';
import type { Problem } from '../../domain/platform/problem.ts';
import { requestId } from './request-id.ts';

const statuses: Record<RefusalCode, number> = {
  'not-found': 404,
  forbidden: 403,
  unauthenticated: 401,
  conflict: 409,
  invalid: 400,
  limit: 429,
  precondition: 412,
  gone: 410,
};
/** Finer codes that have a status of their own. */
const reasonStatuses: Record<string, number> = {
  'key-reused': 422,
  'required-version': 428,
  'engine-away': 503,
  'database-away': 503,
  importing: 503,
  'too-large': 413,
  'unsupported-media-type': 415,
};

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** One of the three translators: a refusal becomes `application/problem+json`, with the envelope of PLT-046 in it. */
export function sendProblem(res: Response, refusal: Refusal): void {
  const reason = refusal.details.reason;
  const status = (reason && reasonStatuses[reason]) || statuses[refusal.code];
  const fields = refusal.details.fields ?? [];
  const problem: Problem = {
    type: `/api/docs#error-${reason ?? refusal.code}`,
    title: titles[status] ?? 'Error',
    status,
    detail: refusal.message,
    code: reason ?? refusal.code,
    requestId: requestId(res),
    errors: fields,
    error: (reason === 'database-away' && failureOf(res)) || refusal.message,
    ...(refusal.details.candidates && { candidates: refusal.details.candidates }),
    ...(refusal.details.mergedIntoId && { mergedIntoId: refusal.details.mergedIntoId }),
    ...(refusal.details.ticket === undefined ? {} : { ticket: refusal.details.ticket }),
    details: [...fields.map(f => `${name(f)}: ${f.message}`), ...(refusal.details.reasons ?? [])],
  };
  const retryAfter = refusal.details.retryAfterSeconds ?? (status === 503 ? 2 : undefined);
  if (retryAfter !== undefined) res.set('Retry-After', String(Math.max(1, Math.ceil(retryAfter))));
  if (status === 401) res.set('WWW-Authenticate', 'Bearer');
  res.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** What the endpoint calls it when it fails for no fault of who asks. */
export const setFailure = (res: Response, failure: string | undefined): void => {
  res.locals['failure'] = failure;
};
const failureOf = (res: Response): string | undefined => res.locals['failure'] as string | undefined;

const name = (f: FieldError): string => f.pointer.replace(/^[/?]/, '').replaceAll('/', '.') || 'body';

/** Every field that is wrong, each with its pointer. */
export const invalidShape = (error: ZodError, at: '' | '?' | ':'): Refusal =>
  new Refusal('invalid', 'Validation failed', {
    fields: error.issues.map(i => ({
      pointer: at === '' ? `/${i.path.join('/')}` : `${at}${i.path.join('.')}`,
      code: i.code ?? 'invalid',
      message: i.message,
    })),
  });

export const onError: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) return next(error);
  sendProblem(res, refusalOf(error, res));
};

function refusalOf(error: unknown, res: Response): Refusal {
  if (error instanceof Refusal) return error;
  const parser = error as { type?: string; status?: number; code?: string };
  if (parser.type === 'entity.parse.failed') return new Refusal('invalid', 'The body is not valid JSON');
  if (parser.type === 'entity.too.large')
    return new Refusal('invalid', 'The body is too large', {
      reason: 'too-large',
      fields: [{ pointer: '', code: 'too-large', message: 'is larger than 4 MB' }],
    });
  if (error instanceof URIError || (parser.status && parser.status >= 400 && parser.status < 500))
    return new Refusal('invalid', 'Malformed request');
  if (isOutOfRange(error)) {
    log.warn({ err: error, requestId: requestId(res) }, 'a value that the shapes let through');
    return new Refusal('invalid', 'Validation failed', { reasons: ['A value is out of range'] });
  }
  if (isDatabaseAway(error))
    return new Refusal('limit', 'The database is away; try again', { reason: 'database-away', retryAfterSeconds: 2 });
  log.error({ err: error, requestId: requestId(res) }, 'unexpected error');
  return new UnexpectedError();
}

/** Not a refusal but a bug: 500 without a word of it outside (PLT-046). */
class UnexpectedError extends Refusal {
  constructor() {
    super('invalid', 'Internal server error', { reason: 'internal' });
  }
}
reasonStatuses['internal'] = 500;

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08001',
  '08003',
  '25006',
  'EPIPE',
  // Two that stood in each other's way, again and again.
  '40001',
  '40P01',
  // A statement that took too long, or a lock.
  '57014',
  '55P03',
  '25P03',
]);
/** What the driver says of a connection that broke under a statement, or never came; it gives these no code. */
const lostConnection =
  /Connection terminated|not queryable|Client was closed|Query read timeout|timeout exceeded when trying to connect/i;

function isDatabaseAway(error: unknown): boolean {
  for (let e = error; types.isNativeError(e); e = e.cause) {
    const { code, errors } = e as { code?: string; errors?: unknown[] };
    if (code && awayCodes.has(code)) return true;
    if (lostConnection.test(e.message)) return true;
    if (errors?.some(isDatabaseAway)) return true;
  }
  return false;
}
