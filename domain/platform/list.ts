import { z } from 'zod';
import type { Shape } from './contract.ts';
import {
  conditionsMax, operators, readTree, treeLengthMax, type Condition, type FilterTree, type Operator,
} from './table/filter-tree.ts';

export const pageSizeMax = 100;
export const totalMax = 10_000;
const whole = (name: string) =>
  z.preprocess(
    v => (typeof v === 'string' && /^\d+$/.test(v) ? Number(v) : v),
    z
      .number(`${name} must be a whole number`)
      .int(`${name} must be a whole number`)
      .min(1, `${name} must be at least 1`)
      .max(1_000_000),
  );

/** A filter tree as text (PLT-047): `where={"any":[…]}`. */
const treeText = z.string().max(treeLengthMax, `must have at most ${treeLengthMax} characters`);
/** The same, kept as the text that it is. */
export const WhereText = treeText.superRefine((text, ctx) => {
  const read = readTree(text);
  if ('fault' in read) ctx.addIssue({ code: 'custom', message: read.fault });
});
export const Where = treeText.transform((text, ctx): FilterTree => {
  const read = readTree(text);
  if ('tree' in read) return read.tree;
  ctx.addIssue({ code: 'custom', message: read.fault });
  return z.NEVER;
});

const conditionsIn = (filter: Record<string, string | Record<string, string | string[] | undefined>>): number =>
  Object.values(filter).reduce((n, of) => n + (typeof of === 'string' ? 1 : Object.keys(of).length), 0);

/** What every list takes (PLT-047): `?q&page&pageSize&sort&filter[field][op]=…`, or `cursor` and `limit`. */
export const ListQuery = z.object({
  q: z.string().trim().max(200).optional().meta({ description: 'Text search' }),
  page: whole('page').default(1).meta({ description: 'Page number from 1' }),
  pageSize: whole('pageSize')
    .default(20)
    .transform(n => Math.min(n, pageSizeMax))
    .meta({ description: 'Rows a page, at most 100' }),
  sort: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Fields by comma, "-" before one for descending', example: '-createdAt,title' }),
  filter: z
    .record(
      z.string(),
      z.union([z.string(), z.partialRecord(z.enum(operators), z.union([z.string(), z.array(z.string())]))]),
    )
    .refine(filter => conditionsIn(filter) <= conditionsMax, `must have at most ${conditionsMax} conditions`)
    .optional()
    .meta({ description: 'filter[status][in]=PROJECTED,IN_PROGRESS' }),
  where: Where.optional().meta({
    description: 'Conditions joined by and, or: {"any":[{"field":"status","op":"eq","value":"WON"},{"all":[…]}]}',
  }),
  cursor: z.string().max(500).optional().meta({ description: 'Of the page before; pages by key, no total' }),
  limit: whole('limit')
    .transform(n => Math.min(n, pageSizeMax))
    .optional(),
});
export type ListQuery = z.output<typeof ListQuery>;

/** The answer of every list; `total` counts exactly up to 10,000 and is left out on cursor reads. */
export const listOf = <T extends Shape>(item: T) =>
  z.object({
    items: z.array(item),
    total: z.int().optional(),
    totalCapped: z.boolean().optional(),
    page: z.int().optional(),
    pageSize: z.int(),
    totalPages: z.int().optional(),
    nextCursor: z.string().nullable(),
  });

/** So many of what belongs to a record come at once. */
export const partSizeMax = 500;
/** What a list of a record's own parts takes: most are short and come whole, a cursor goes on with a long one. */
export const PartQuery = z.object({
  cursor: z.string().max(500).optional().meta({ description: 'Of the answer before' }),
  limit: whole('limit').default(partSizeMax).transform(n => Math.min(n, partSizeMax))
    .meta({ description: `At most ${partSizeMax}` }),
});
export type PartQuery = z.output<typeof PartQuery>;
export const partOf = <T extends Shape>(item: T) =>
  z.object({
    items: z.array(item),
    total: z.int().meta({ description: `Counts exactly up to ${totalMax}` }),
    nextCursor: z.string().nullable(),
  });

/** `filter` of a query as conditions; a bare value means `eq`. */
export function conditions(filter: ListQuery['filter']): Condition[] {
  return Object.entries(filter ?? {}).flatMap(([field, by]) => {
    if (typeof by === 'string') return [{ field, op: 'eq' as const, values: [by] }];
    return Object.entries(by).map(([op, value]) => {
      const list = Array.isArray(value) ? value : String(value).split(',');
      return {
        field,
        op: op as Operator,
        values: op === 'in' ? list : [Array.isArray(value) ? value.join(',') : String(value)],
      };
    });
  });
}

export interface SortKey {
  field: string;
  descending: boolean;
}
export const sortKeys = (sort: string | undefined): SortKey[] =>
  (sort ?? '')
    .split(',')
    .map(s => s.trim())
    .filter(Boolean)
    .map(s => ({ field: s.replace(/^-/, ''), descending: s.startsWith('-') }));
