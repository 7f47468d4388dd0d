import { browser } from '$app/env';
import {
  CancelledError,
  type FetchQueryOptions,
  MutationCache,
  mutationOptions,
  QueryCache,
  QueryClient,
  type QueryKey,
  queryOptions,
} from '@tanstack/svelte-query';
import { error, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import type { AnyEndpoint, Endpoint, Nothing, Shape } from '#domain/platform/contract.ts';
import type { ListQuery } from '#domain/platform/list.ts';
import { ApiError, call, type CallOptions, type Input } from './client.ts';
import { concerns } from './live.svelte.ts';
import { requestIdOf, showProblem } from './problem.ts';

/** Data is fresh for 30 s and kept for an hour (POV-091); on the server it goes with the page, without a timer. */
const staleTime = 30_000;
const gcTime = browser ? 3_600_000 : Infinity;

const later = (failures: number, failure: Error): boolean =>
  failures < 2 && failure instanceof ApiError && (failure.status === 0 || failure.status >= 502);

let ofThisTab: QueryClient | undefined;
/** One a browser tab, a new one for each page that the server renders. */
export const queryClient = (): QueryClient => (browser ? (ofThisTab ??= newQueryClient()) : newQueryClient());

function newQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: { queries: { enabled: browser, staleTime, gcTime, retry: later, refetchOnWindowFocus: true } },
    queryCache: new QueryCache({ onError: signInAgain }),
    mutationCache: new MutationCache({
      // What was written shows at once; the event that follows tells the others.
      onSuccess: () => {
        void readAgain(client);
      },
      onError: (failure, _input, _context, mutation) => {
        signInAgain(failure);
        if (!mutation.options.onError) showProblem(failure);
      },
    }),
  });
  return client;
}

/** Of an answer that changes of records leave as it is, such as the names of all people. */
export const apart = { apart: true };
/** After a write: what is shown is read anew, but for what stands apart, which only its own pages read anew. */
export const readAgain = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ predicate: ({ meta }) => meta?.['apart'] !== true });

/**
 * After a write of one record, by the name of its event: of what is shown, that is read anew which the event will
 * change for others too; what is kept for other pages, when it is shown again.
 */
export async function readWritten(client: QueryClient, { name }: { name: string }, id: string): Promise<void> {
  const event = { name, entityId: id, storyId: id };
  const kept = client.invalidateQueries({
    type: 'inactive', refetchType: 'none', predicate: ({ meta }) => meta?.['apart'] !== true,
  });
  const shown = client.invalidateQueries({
    type: 'active', predicate: ({ queryKey, meta }) => concerns(event, queryKey, meta),
  });
  await Promise.all([kept, shown]);
}

/** How long the way to the sign-in page may take before another answer may begin it anew. */
const leavingMs = 5_000;
let leavingSince = -leavingMs;

/** A session that ended while a page stood open: its reads all say so, and the first one leads to the sign-in page. */
function signInAgain(failure: Error): void {
  if (!browser || !(failure instanceof ApiError) || failure.status !== 401) return;
  if (performance.now() - leavingSince < leavingMs) return;
  leavingSince = performance.now();
  location.assign(`/auth/signin?next=${encodeURIComponent(location.pathname + location.search)}`);
}

export interface Reading extends Pick<CallOptions, 'fetch'> {
  /** Beginnings of event names that change this answer; those about its own ids always do. */
  follows?: readonly string[];
  /** Where a page of that record stands, with its id in it: of one that was merged it leads to the one that stayed. */
  at?: URL;
}

/**
 * A read as query options, for `createQuery(() => reading(endpoint, input))` and for `loaded` in a load function.
 * Its key is `[noun, path, params, query]`.
 */
export function reading<P extends Shape, Q extends Shape, B extends Shape, R extends Shape>(
  endpoint: Endpoint<P, Q, B, R>,
  input: Input<P, Q, B>,
  { fetch, follows = [] }: Reading = {},
) {
  return queryOptions({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }): Promise<z.output<R>> => call(endpoint, input, { fetch, signal }),
    meta: { follows },
  });
}

/** Of a list that is needed whole, such as the people to choose from: all its rows, in as many answers as it takes. */
export function readingAll<R extends Shape>(
  endpoint: Endpoint<Nothing, typeof ListQuery, Nothing, R>, { follows = [] }: Reading = {},
) {
  type Rows = Extract<z.output<R>, { items: unknown[]; nextCursor: string | null }>;
  return queryOptions({
    queryKey: [...keyOf(endpoint), 'all'],
    queryFn: async ({ signal }): Promise<Rows['items']> => {
      const items: Rows['items'] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const query = { limit: 100, ...(cursor && { cursor }) };
        const page = (await call(endpoint, { query }, { signal })) as Rows;
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    },
    meta: { follows },
  });
}

/**
 * A write as mutation options: `const save = createMutation(() => writing(endpoint))`, then `save.mutate({ body })`.
 * Failures become a notice unless `onError` is given; all that is shown is read again after a success.
 */
export function writing<P extends Shape, Q extends Shape, B extends Shape, R extends Shape>(
  endpoint: Endpoint<P, Q, B, R>,
) {
  return mutationOptions<z.output<R>, Error, Input<P, Q, B>>({ mutationFn: input => call(endpoint, input) });
}

export const keyOf = (endpoint: Pick<AnyEndpoint, 'path'>, input: { params?: unknown; query?: unknown } = {}) =>
  [endpoint.path.split('/')[2] ?? '', endpoint.path, input.params ?? {}, input.query ?? {}] as const;

/** Its answer. A write that shows at once (a decision) calls off what is on its way: then it is asked for again. */
export async function answered<T, K extends QueryKey>(
  client: QueryClient, read: FetchQueryOptions<T, Error, T, K>,
): Promise<T> {
  try {
    return await client.query(read);
  } catch (failure) {
    if (!(failure instanceof CancelledError)) throw failure;
    return answered(client, read);
  }
}

/** Reads for a load function: from the cache while kept; failures become the page of that status. */
export async function loaded<P extends Shape, Q extends Shape, B extends Shape, R extends Shape>(
  client: QueryClient,
  endpoint: Endpoint<P, Q, B, R>,
  input: Input<P, Q, B>,
  options: Reading,
): Promise<z.output<R>> {
  try {
    const read = reading(endpoint, input, options);
    // What is kept is shown at once (POV-091); the page's own query reads it anew when it is stale.
    const kept = browser ? client.getQueryData(read.queryKey) : undefined;
    return kept ?? (await answered(client, read));
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    if (failure.status === 401) redirect(303, '/auth/signin');
    const { id } = ((input as { params?: { id?: unknown } }).params ?? {});
    if (failure.mergedIntoId && options.at && typeof id === 'string')
      redirect(307, `${options.at.pathname.replace(id, failure.mergedIntoId)}${options.at.search}`);
    error(failure.status || 503, { message: failure.message, requestId: requestIdOf(failure) });
  }
}

/** How long a page may wait for its data before it shows its skeleton instead. */
const patienceMs = 150;

/** Like `loaded`, for pages that show a failure in place: on the server it waits, in the browser only for a moment. */
export async function prefetched<P extends Shape, Q extends Shape, B extends Shape, R extends Shape>(
  client: QueryClient,
  endpoint: Endpoint<P, Q, B, R>,
  input: Input<P, Q, B>,
  options: Reading,
): Promise<void> {
  const asked = client.query(reading(endpoint, input, options)).then(
    () => undefined,
    () => undefined,
  );
  await (browser ? Promise.race([asked, new Promise<void>(resolve => setTimeout(resolve, patienceMs))]) : asked);
}
