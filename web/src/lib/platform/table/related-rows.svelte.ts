import { createInfiniteQuery } from '@tanstack/svelte-query';
import type { z } from 'zod';
import type { Endpoint, Nothing, Shape } from '#domain/platform/contract.ts';
import type { ById } from '#domain/platform/id.ts';
import { totalMax, type PartQuery } from '#domain/platform/list.ts';
import { call } from '../client.ts';
import { keyOf } from '../query.ts';
import { useLongList, type ListEndpoint } from './long-list.svelte.ts';

/** What belongs to a record: how much there is of it, what of it has come, and a way on where there is more. */
export interface RelatedRows<Row> {
  data: { items: Row[]; total?: number | undefined; totalCapped?: boolean | undefined } | undefined;
  error: Error | null;
  isPending: boolean;
  refetch: () => unknown;
  /** Reads what follows; null where all of it is there. */
  more?: (() => void) | null;
}

/** Rows of a list of their own, by what they have to do with a record. */
export function useRelated<Row extends { id: string }>(
  endpoint: ListEndpoint, query: () => { sort?: string; filter: Record<string, string> }, follows: readonly string[],
): RelatedRows<Row> {
  const read = useLongList<Row>(() => endpoint, () => ({ page: 1, pageSize: 100, ...query() }), () => follows);
  return {
    get data() {
      return read.list && { items: read.rows, total: read.list.total, totalCapped: read.list.totalCapped ?? false };
    },
    get error() { return read.error; },
    get isPending() { return read.pending; },
    get more() { return read.hasMore ? read.more : null; },
    refetch: read.again,
  };
}

type PartEndpoint<Params extends Shape> = Endpoint<Params, typeof PartQuery, Nothing, Shape>;
interface Part<Row> { items: Row[]; total: number; nextCursor: string | null }

/** A record's own parts; `before` where a cursor leads to what stands before the first that came. */
export const usePart = <Row extends { id: string }>(
  endpoint: () => PartEndpoint<typeof ById>, id: () => string, follows: () => readonly string[],
  order: 'before' | 'behind' = 'behind',
): RelatedRows<Row> => usePartAt<Row, typeof ById>(endpoint, () => ({ id: id() }), follows, order);

/** The same, where it takes more than an id to say of which record. */
export function usePartAt<Row extends { id: string }, Params extends Shape>(
  endpoint: () => PartEndpoint<Params>, params: () => z.input<Params>, follows: () => readonly string[],
  order: 'before' | 'behind' = 'behind',
): RelatedRows<Row> {
  const read = createInfiniteQuery(() => ({
    queryKey: [...keyOf(endpoint(), { params: params() }), 'on'],
    queryFn: async ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) => {
      const query = pageParam === undefined ? {} : { cursor: pageParam };
      return (await call(endpoint(), { params: params(), query }, { signal })) as Part<Row>;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Part<Row>) => last.nextCursor ?? undefined,
    meta: { follows: follows() },
  }));
  const data = $derived.by(() => {
    if (!read.data) return undefined;
    const { pages } = read.data;
    const seen = new Set<string>();
    const items = (order === 'before' ? [...pages].reverse() : pages)
      .flatMap(page => page.items.filter(row => !seen.has(row.id) && seen.add(row.id)));
    const total = pages[0]?.total;
    return { items, total, totalCapped: total === totalMax };
  });
  const more = (): void => {
    if (!read.isFetchingNextPage) void read.fetchNextPage();
  };
  return {
    get data() { return data; },
    get error() { return read.error; },
    get isPending() { return read.isPending; },
    get more() { return read.hasNextPage ? more : null; },
    refetch: () => void read.refetch(),
  };
}
