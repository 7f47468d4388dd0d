import { totalMax, type PartQuery } from '../../../domain/platform/list.ts';
import { countUpTo, listOf, ofCursor, type ListSource } from '../list.query.ts';
import type { Reader } from '../reader.ts';

export interface PartAnswer<T> { items: T[]; total: number; nextCursor: string | null }

/** What belongs to a record, along its order, with how much there is of it in all. */
export async function partRows<T>(
  read: Reader, source: ListSource, { cursor, limit }: PartQuery,
): Promise<PartAnswer<T>> {
  const { queries: [select], answer } = listOf<T>(source, { page: 1, pageSize: limit, limit, cursor });
  const [rows, counted] = await read.each<unknown>([select!, countUpTo(source.from, source.where)]).catch(
    (e: unknown) => {
      throw ofCursor({ cursor }, e);
    },
  );
  const { items, nextCursor } = answer([rows!]);
  return { items, nextCursor, total: Math.min((counted as { n: number }[])[0]!.n, totalMax) };
}
