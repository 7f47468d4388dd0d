import { customKeyOf } from '#domain/platform/custom-field/custom-field.ts';
import { sortKeys } from '#domain/platform/list.ts';
import { readTree, type WrittenFilter } from '#domain/platform/table/filter-tree.ts';
import type { Address } from '#lib/platform/url-state.ts';
import type { CrmModule } from '../crm-module.ts';

/** What is left of an address whose order or conditions are by fields that are switched off. */
interface WithoutGone {
  sort: string | null;
  where: string | null;
  /** The keys of those fields. */
  gone: string[];
  /** What an address says that does not speak of them. */
  params: Record<string, string | null>;
}

/**
 * An order and conditions are kept for long, alone and in views; a field may have been switched off since, and the list
 * knows it no more. It is shown without them, which is to be said: it may hold more than was asked for.
 */
export function withoutGone(
  { catalog, knowsCustom }: Pick<CrmModule, 'catalog' | 'knowsCustom'>, url: Address,
): WithoutGone {
  const [sort, where] = [url.searchParams.get('sort'), url.searchParams.get('where')];
  const known = new Set(catalog.map(f => f.field));
  const gone = new Set<string>();
  const isGone = (name: string): boolean => {
    const key = known.has(name) ? undefined : customKeyOf(name);
    if (key !== undefined) gone.add(key);
    return key !== undefined;
  };
  if (!knowsCustom) return { sort, where, gone: [], params: {} };
  const keys = sortKeys(sort ?? undefined).filter(({ field }) => !isGone(field));
  const left = {
    sort: keys.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(',') || null,
    where: where && 'tree' in readTree(where) ? treeWithout(JSON.parse(where) as WrittenFilter, isGone) : where,
  };
  const chips = [...new URLSearchParams(url.searchParams.toString()).keys()].filter(isGone);
  // Written as it was, where nothing of it is gone.
  if (!gone.size) return { sort, where, gone: [], params: {} };
  return { ...left, gone: [...gone], params: { ...left, ...Object.fromEntries(chips.map(name => [name, null])) } };
}

const treeWithout = (tree: WrittenFilter, isGone: (name: string) => boolean): string | null => {
  const left = nodeWithout(tree, isGone);
  return left && JSON.stringify(left);
};

/** A group of which nothing is left is none. */
function nodeWithout(node: WrittenFilter, isGone: (name: string) => boolean): WrittenFilter | null {
  if ('field' in node) return isGone(node.field) ? null : node;
  const [by, nodes] = 'all' in node ? (['all', node.all] as const) : (['any', node.any] as const);
  const left = nodes.map(one => nodeWithout(one, isGone)).filter(one => one !== null);
  if (!left.length) return null;
  return by === 'all' ? { all: left } : { any: left };
}
