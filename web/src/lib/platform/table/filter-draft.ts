import { conditionsMax, type Operator, type WrittenCondition, type WrittenFilter } from '#domain/platform/table/filter-tree.ts';
import type { Option } from '#lib/ui/form/field.ts';

/** A field that conditions can be about, and how its value is given. */
export interface FilterChoice {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'day' | 'choice' | 'words';
  options?: Option[];
}

/** A condition as it is being made; `op` with its value where only one makes sense: `empty:true`. */
export interface DraftCondition { field: string; op: string; value: string }
/** Conditions joined by one word, and groups of such. Deeper ones, made by the API, stay as they are. */
export interface DraftGroup { by: 'all' | 'any'; items: (DraftCondition | DraftGroup | { kept: WrittenFilter })[] }

export const isGroup = (item: DraftGroup['items'][number]): item is DraftGroup => 'items' in item;
export const isCondition = (item: DraftGroup['items'][number]): item is DraftCondition => 'op' in item;

const words: Record<string, string> = {
  'contains': 'contains', 'eq': 'is', 'ne': 'is not', 'gte': 'from', 'lte': 'up to',
  'empty:true': 'is empty', 'empty:false': 'is not empty',
};
const byKind: Record<FilterChoice['kind'], string[]> = {
  text: ['contains', 'eq', 'ne', 'empty:true', 'empty:false'],
  number: ['eq', 'gte', 'lte', 'empty:true', 'empty:false'],
  day: ['gte', 'lte'],
  choice: ['eq', 'ne'],
  words: ['eq', 'ne', 'contains', 'empty:true', 'empty:false'],
};
export const operatorsOf = (kind: FilterChoice['kind']): Option[] =>
  byKind[kind].map(value => ({ value, label: kind === 'words' ? (ofWords[value] ?? words[value]!) : words[value]! }));
const ofWords: Record<string, string> = { eq: 'has', ne: 'has not' };

export const takesValue = (op: string): boolean => !op.includes(':');
export const newCondition = ({ name, kind }: FilterChoice): DraftCondition => ({
  field: name, op: byKind[kind][0]!, value: '',
});

/** What an address says, to be changed; nothing where it cannot be read. */
export function draftOf(text: string | null): DraftGroup {
  const written = parsed(text);
  if (!written) return { by: 'all', items: [] };
  return 'field' in written ? { by: 'all', items: [itemOf(written, 1)] } : groupOf(written, 1);
}

function parsed(text: string | null): WrittenFilter | null {
  try {
    const written: unknown = text ? JSON.parse(text) : null;
    return typeof written === 'object' ? (written as WrittenFilter | null) : null;
  } catch {
    return null;
  }
}

function groupOf(written: Exclude<WrittenFilter, WrittenCondition>, depth: number): DraftGroup {
  const [by, nodes] = 'all' in written ? (['all', written.all] as const) : (['any', written.any] as const);
  return { by, items: (Array.isArray(nodes) ? nodes : []).map(node => itemOf(node, depth + 1)) };
}

function itemOf(written: WrittenFilter, depth: number): DraftGroup['items'][number] {
  if (!('field' in written)) return depth > 2 ? { kept: written } : groupOf(written, depth);
  const { field, op, value } = written;
  if (Array.isArray(value)) return { kept: written };
  return { field, op: op === 'empty' ? `empty:${value}` : op, value: op === 'empty' ? '' : value };
}

/** As an address says it; null when no condition is whole. */
export function writtenOf(draft: DraftGroup): string | null {
  const written = writtenFilter(draft);
  return written && JSON.stringify(written);
}

/** The conditions that are whole, as the API takes them; null when none is. */
export function writtenFilter({ by, items }: DraftGroup): WrittenFilter | null {
  const nodes = items.flatMap((item): WrittenFilter[] => {
    if ('kept' in item) return [item.kept];
    const node = isGroup(item) ? writtenFilter(item) : writtenCondition(item);
    return node ? [node] : [];
  });
  if (!nodes.length) return null;
  return by === 'all' ? { all: nodes } : { any: nodes };
}

function writtenCondition({ field, op, value }: DraftCondition): WrittenCondition | null {
  const [word, fixed] = op.split(':') as [Operator, string | undefined];
  if (fixed !== undefined) return { field, op: word, value: fixed };
  return value.trim() ? { field, op: word, value: value.trim() } : null;
}

export const countOf = (draft: DraftGroup): number =>
  draft.items.reduce((sum, item) => sum + (isGroup(item) ? countOf(item) : 1), 0);
export const isFull = (draft: DraftGroup): boolean => countOf(draft) >= conditionsMax;
