export const refusalCodes = [
  'not-found', 'forbidden', 'unauthenticated', 'conflict', 'invalid', 'limit', 'precondition', 'gone',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** One field that is wrong: `pointer` is a JSON pointer into the body, or `?name` of a query parameter. */
export interface FieldError { pointer: string; code: string; message: string }

export interface RefusalDetails {
  fields?: FieldError[];
  /** A finer code than the class, e.g. `key-reused`, `required-version`. */
  reason?: string;
  /** Plain sentences: every reason, when there are several (POV-036). */
  reasons?: string[];
  retryAfterSeconds?: number;
  /** Records that may be the one that was sent (CRM-034). */
  candidates?: { id: string; title: string; about: string | null; score: number; reasons: string[] }[];
  /** The record that one of these became part of (CRM-035). */
  mergedIntoId?: string;
  /** Of a sign-in whose second step is still to come (PLT-025). */
  ticket?: string;
}

/** The one way to say no. Translated at three edges only: verb (failure), problem.ts of api (status), of web (text). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly details: RefusalDetails;
  constructor(code: RefusalCode, message: string, details: RefusalDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

export const notFound = (details?: RefusalDetails): Refusal => new Refusal('not-found', 'Record not found', details);
/** A refusal of one field of the body: 400 naming it. */
export const invalidField = (field: string, message: string, code = 'invalid'): Refusal =>
  new Refusal('invalid', 'Validation failed', { fields: [{ pointer: `/${field}`, code, message }] });
