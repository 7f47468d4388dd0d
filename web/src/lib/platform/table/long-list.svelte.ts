import { createInfiniteQuery, keepPreviousData, useQueryClient } from '@tanstack/svelte-query';
import type { ListQuery } from '#domain/platform/list.ts';
import type { AnyRecord } from '#domain/platform/record.ts';
import { call } from '../client.ts';
import { answered, reading } from '../query.ts';

export type ListEndpoint = AnyRecord['endpoints']['list'];
/** What is asked of a list, and what it answers: rows of any record. */
type Asked = Pick<ListQuery, 'q' | 'sort' | 'filter'> & { page: number; pageSize: number; where?: string };
interface Page<Row> {
  items: Row[];
  total?: number;
  totalCapped?: boolean;
  page?: number;
  pageSize: number;
  nextCursor: string | null;
}

/** So many rows come at once behind the first page. */
const atOnce = 50;

/**
 * A list that goes on when its end comes into sight: the page that the address names, and behind it, by cursor, what
 * follows. All of it is read again when something of it changes.
 */
export function useLongList<Row extends { id: string }>(
  endpoint: () => ListEndpoint, query: () => Asked, follows: () => readonly string[],
) {
  const client = useQueryClient();
  const read = createInfiniteQuery(() => {
    const asked = query();
    const first = reading(endpoint(), { query: asked }, { follows: follows() });
    const known = client.getQueryState(first.queryKey);
    const { page: _, ...further } = asked;
    return {
      queryKey: [...first.queryKey, 'on'],
      queryFn: async ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) => {
        // The page that is being opened has asked for the first one: both wait for the same answer.
        const page = pageParam === null
          ? await answered(client, first)
          : await call(endpoint(), { query: { ...further, cursor: pageParam, limit: atOnce } }, { signal });
        return page as unknown as Page<Row>;
      },
      initialPageParam: null as string | null,
      getNextPageParam: (last: Page<Row>) => last.nextCursor,
      // What the page was opened with is not read twice.
      initialData: known?.data ? { pages: [known.data as unknown as Page<Row>], pageParams: [null] } : undefined,
      initialDataUpdatedAt: known?.dataUpdatedAt,
      retry: false,
      placeholderData: keepPreviousData,
      meta: { follows: follows() },
    };
  });
  const rows = $derived.by(() => {
    const seen = new Set<string>();
    return (read.data?.pages ?? []).flatMap(page => page.items.filter(row => !seen.has(row.id) && seen.add(row.id)));
  });
  return {
    get list(): Page<Row> | undefined { return read.data?.pages[0]; },
    get rows(): Row[] { return rows; },
    get error(): Error | null { return read.error; },
    get pending(): boolean { return read.isPending && !read.error; },
    get refreshing(): boolean { return read.isFetching && read.isPlaceholderData; },
    get hasMore(): boolean { return read.hasNextPage; },
    again: (): void => void read.refetch(),
    more: (): void => {
      if (read.hasNextPage && !read.isFetchingNextPage && !read.isPlaceholderData) void read.fetchNextPage();
    },
  };
}
