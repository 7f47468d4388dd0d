import type { Endpoint, Shape } from '#domain/platform/contract.ts';
import type { FieldError } from '#domain/platform/errors.ts';
import type { Problem } from '#domain/platform/problem.ts';
import type { z } from 'zod';

type Given<K extends string, S extends Shape> =
  {} extends z.input<S> ? { [P in K]?: z.input<S> } : { [P in K]: z.input<S> };
/** What an endpoint takes: `params`, `query` and `body`, each needed only where the contract needs it. */
export type Input<P extends Shape, Q extends Shape, B extends Shape> = Given<'params', P> &
  Given<'query', Q> &
  Given<'body', B>;

export interface CallOptions {
  /** Of a load function; otherwise the browser's. */
  fetch?: typeof fetch;
  /** Repeat a writing call with the same key and it happens once. A new key for each call unless given. */
  idempotencyKey?: string;
  /** The version that was seen: the call is refused when there is a newer one. */
  ifMatch?: string | number;
  signal?: AbortSignal;
}

/** A non-2xx answer, or none at all (status 0). The message is fit to be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | null;
  readonly requestId: string | null;
  readonly errors: readonly FieldError[];
  /** Plain sentences: every reason, when there are several. */
  readonly reasons: readonly string[];
  /** Records that may be the one that was sent. */
  readonly candidates: NonNullable<Problem['candidates']>;
  /** The record that the one that is asked for was merged into. */
  readonly mergedIntoId: string | null;
  /** Of a sign-in that asks for a second step. */
  readonly ticket: string | null;
  constructor(status: number, problem: Partial<Problem>, statusText = '') {
    const message = problem.detail ?? problem.title ?? problem.error ?? `API Error: ${statusText || status}`;
    super(message);
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.title = problem.title ?? message;
    this.detail = problem.detail ?? null;
    this.requestId = problem.requestId ?? null;
    this.errors = problem.errors ?? [];
    this.reasons = problem.details ?? [];
    this.candidates = problem.candidates ?? [];
    this.mergedIntoId = problem.mergedIntoId ?? null;
    this.ticket = problem.ticket ?? null;
  }
}

/** Calls an endpoint of a contract: typed both ways, cookies sent, every failure an ApiError. */
export async function call<P extends Shape, Q extends Shape, B extends Shape, R extends Shape>(
  endpoint: Endpoint<P, Q, B, R>,
  input: Input<P, Q, B>,
  options: CallOptions = {},
): Promise<z.output<R>> {
  const { params, query, body } = input as { params?: unknown; query?: unknown; body?: unknown };
  const unsafe = endpoint.method !== 'GET';
  const headers = new Headers({ accept: 'application/json' });
  if (unsafe) headers.set('idempotency-key', options.idempotencyKey ?? newKey());
  if (unsafe && body !== undefined) headers.set('content-type', 'application/json');
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`);

  const request = options.fetch ?? fetch;
  let response: Response;
  try {
    response = await request(urlOf(endpoint.path, params, query), {
      method: endpoint.method,
      headers,
      credentials: 'same-origin',
      signal: options.signal,
      body: unsafe && body !== undefined ? JSON.stringify(body) : undefined,
      // The query cache knows what is fresh; a 304 would compare the version of the record, not what belongs to it.
      cache: unsafe ? undefined : 'no-store',
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiError(0, { title: 'The server cannot be reached', code: 'unreachable' });
  }
  const answer = parsed(await response.text());
  if (!response.ok) throw new ApiError(response.status, (answer ?? {}) as Partial<Problem>, response.statusText);
  return answer as z.output<R>;
}

/** The address of an endpoint: path parameters filled in, nested query as `filter[field][op]=value`. */
export function urlOf(path: string, params?: unknown, query?: unknown): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name] ?? '')),
  );
  const search = new URLSearchParams();
  append(search, '', query);
  return search.size ? `${filled}?${search}` : filled;
}

function append(search: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined || value === null || value === '') return;
  if (Array.isArray(value)) search.append(name, value.join(','));
  else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) append(search, name ? `${name}[${key}]` : key, inner);
  } else search.append(name, String(value));
}

function parsed(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Unlike `crypto.randomUUID` this also works on plain http. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('');
