import {
  conditionsMax, readTree, type Operator, type WrittenCondition, type WrittenFilter,
} from '#domain/platform/table/filter-tree.ts';
import { centsDecimal, typedCents } from '../amount.ts';
import type { Option } from '#lib/ui/form/field.ts';

/** A field that conditions can be about, and how its value is given; of an `amount` the address has whole cents. */
export interface FilterChoice {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'amount' | 'day' | 'choice' | 'words';
  options?: Option[];
}

/** A condition as it is being made; `op` with its value where only one makes sense: `empty:true`. */
export interface DraftCondition { field: string; op: string; value: string }
/** Conditions joined by one word, and groups of such. Deeper ones, made by the API, stay as they are. */
export interface DraftGroup { by: 'all' | 'any'; items: (DraftCondition | DraftGroup | { kept: WrittenFilter })[] }

export const isGroup = (item: DraftGroup['items'][number]): item is DraftGroup => 'items' in item;
export const isCondition = (item: DraftGroup['items'][number]): item is DraftCondition => 'op' in item;

const words: Record<string, string> = {
  'contains': 'contains', 'eq': 'is', 'ne': 'is not', 'gte': 'from', 'lte': 'up to', 'gt': 'above', 'lt': 'below',
  'in': 'is one of', 'empty:true': 'is empty', 'empty:false': 'is not empty',
};
const ofNumbers = ['eq', 'gte', 'lte', 'empty:true', 'empty:false'];
const byKind: Record<FilterChoice['kind'], string[]> = {
  text: ['contains', 'eq', 'ne', 'empty:true', 'empty:false'],
  number: ofNumbers,
  amount: ofNumbers,
  day: ['gte', 'lte'],
  choice: ['eq', 'ne'],
  words: ['eq', 'ne', 'contains', 'empty:true', 'empty:false'],
};
/** `held` is what a condition compares by already: it stays to choose, also where nobody would choose it anew. */
export const operatorsOf = (kind: FilterChoice['kind'], held?: string): Option[] =>
  [...byKind[kind], ...(held && held in words && !byKind[kind].includes(held) ? [held] : [])]
    .map(value => ({ value, label: operatorText(kind, value) }));
export const operatorText = (kind: FilterChoice['kind'], op: string): string =>
  (kind === 'words' ? ofWords[op] : undefined) ?? words[op] ?? op;
const ofWords: Record<string, string> = { eq: 'has', ne: 'has not' };

export const takesValue = (op: string): boolean => !op.includes(':');
export const newCondition = ({ name, kind }: FilterChoice): DraftCondition => ({
  field: name, op: byKind[kind][0]!, value: '',
});

/** What an address says, to be changed; nothing where it cannot be read. */
export function draftOf(text: string | null, fields: readonly FilterChoice[] = []): DraftGroup {
  const written = parsed(text);
  if (!written) return { by: 'all', items: [] };
  return 'field' in written ? { by: 'all', items: [itemOf(written, 1, fields)] } : groupOf(written, 1, fields);
}

/** What the API would refuse is no draft either: nothing of it could be shown. */
const parsed = (text: string | null): WrittenFilter | null =>
  text && 'tree' in readTree(text) ? (JSON.parse(text) as WrittenFilter) : null;

type Fields = readonly FilterChoice[];
function groupOf(written: Exclude<WrittenFilter, WrittenCondition>, depth: number, fields: Fields): DraftGroup {
  const [by, nodes] = 'all' in written ? (['all', written.all] as const) : (['any', written.any] as const);
  return { by, items: nodes.map(node => itemOf(node, depth + 1, fields)) };
}

function itemOf(written: WrittenFilter, depth: number, fields: Fields): DraftGroup['items'][number] {
  if (!('field' in written)) return depth > 2 ? { kept: written } : groupOf(written, depth, fields);
  const { field, op, value } = written;
  if (Array.isArray(value)) return { kept: written };
  if (op === 'empty') return { field, op: `empty:${value}`, value: '' };
  if (numberKind(fields, written) !== 'amount') return { field, op, value };
  return /^\d{1,15}$/.test(value) ? { field, op, value: centsDecimal(Number(value)) } : { kept: written };
}

const compared: readonly string[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'];
/** Whether a number is compared, and which; what a number contains is text. */
const numberKind = (fields: Fields, { field, op }: { field: string; op: string }): 'number' | 'amount' | null => {
  const kind = compared.includes(op) ? fields.find(f => f.name === field)?.kind : undefined;
  return kind === 'number' || kind === 'amount' ? kind : null;
};

/** A number as the API takes it, of what people type: `12,500`, `25 %`; null where it is none. */
function typedNumber(kind: 'number' | 'amount', text: string): string | null {
  if (kind === 'amount') {
    const cents = typedCents(text);
    return typeof cents === 'number' ? String(cents) : null;
  }
  const [, number] = /^(-?(?:\d{1,15}|\d{1,3}(?:,\d{3})+)(?:\.\d{1,10})?)\s*%?$/.exec(text) ?? [];
  return number?.replaceAll(',', '') ?? null;
}

/** What of a draft cannot be asked, in words. */
export function wrongIn({ items }: DraftGroup, fields: Fields): string | null {
  for (const item of items) {
    const wrong = isGroup(item) ? wrongIn(item, fields) : isCondition(item) ? wrongNumber(item, fields) : null;
    if (wrong) return wrong;
  }
  return null;
}
export function wrongNumber(condition: DraftCondition, fields: Fields): string | null {
  const kind = numberKind(fields, condition);
  const text = condition.value.trim();
  if (!kind || !text || typedNumber(kind, text) !== null) return null;
  const { label } = fields.find(f => f.name === condition.field)!;
  return kind === 'amount' ? `${label} must be an amount, such as 12,500.00` : `${label} must be a number`;
}

/** As an address says it; null when no condition is whole. */
export function writtenOf(draft: DraftGroup, fields: Fields = []): string | null {
  const written = writtenFilter(draft, fields);
  return written && JSON.stringify(written);
}

/** The conditions that are whole, as the API takes them; null when none is. */
export function writtenFilter({ by, items }: DraftGroup, fields: Fields = []): WrittenFilter | null {
  const nodes = items.flatMap((item): WrittenFilter[] => {
    if ('kept' in item) return [item.kept];
    const node = isGroup(item) ? writtenFilter(item, fields) : writtenCondition(item, fields);
    return node ? [node] : [];
  });
  if (!nodes.length) return null;
  return by === 'all' ? { all: nodes } : { any: nodes };
}

function writtenCondition(condition: DraftCondition, fields: Fields): WrittenCondition | null {
  const { field, op } = condition;
  const [word, fixed] = op.split(':') as [Operator, string | undefined];
  if (fixed !== undefined) return { field, op: word, value: fixed };
  const text = condition.value.trim();
  const kind = numberKind(fields, condition);
  return text ? { field, op: word, value: (kind && typedNumber(kind, text)) ?? text } : null;
}

export const countOf = (draft: DraftGroup): number =>
  draft.items.reduce((sum, item) => sum + (isGroup(item) ? countOf(item) : 1), 0);
export const isFull = (draft: DraftGroup): boolean => countOf(draft) >= conditionsMax;
