import { customKeyOf, heldIn } from '../../platform/custom-field/custom-field.ts';
import type { KeptFilter } from './kept-filters.ts';

type Values = Record<string, unknown>;

/** What a merge changed: all that it takes to undo it. */
export interface KeptMerge {
  /** Rows that spoke of a merged record, by table and column: which rows, and whom each spoke of. */
  moved: Moved[];
  /** Rows that would have said the same twice. */
  removed: { table: string; ids: string[] }[];
  /** Rows that were the primary one of a merged record, beside the survivor's own. */
  steppedBack: { table: string; ids: string[] }[];
  /** Links to an account that became the first of their contact. */
  promoted: string[];
  /** Rows that bore the name of a merged account, and bear that of the one that stays; merges of old kept none. */
  renamed?: Renamed[];
  /** Lists that asked for a merged record, and ask for the one that stays; merges of old kept none. */
  filters?: KeptFilter[];
  /** Fields of the survivor before and after. */
  before: Values;
  after: Values;
}
export interface Renamed {
  table: string;
  /** The column of the name. */
  name: string;
  /** Whose it was. */
  of: string;
  from: string;
  to: string;
  ids: string[];
}
export interface Moved {
  table: string;
  column: string;
  from: string;
  ids: string[];
}

/** Why a record stays deleted that became part of another, if it did; what it had is with that one. */
export const whyNotBack = (action: string, row: { mergedIntoId?: string | null | undefined }): string | undefined =>
  action === 'restore' && row.mergedIntoId ? 'It was merged into another: take that apart' : undefined;

/** The fields of a record that a merge decides on: those that are sent, and of them those that are kept. */
export const mergedFields = ({ create, Row }: { create: { shape: object }; Row: { shape: object } }): string[] =>
  Object.keys(create.shape).filter(field => field in Row.shape);

/**
 * What the record that stays holds afterwards: of each field the value that was chosen, else its own, else the first
 * that another has. Words and free fields are united; a flag that another has to stand by stays set.
 */
export function mergedValues(
  fields: readonly string[], survivor: Values & { id: string }, others: readonly (Values & { id: string })[],
  choices: Readonly<Record<string, string>>,
): Values {
  const all = [survivor, ...others];
  const whose = (field: string) => all.find(row => row.id === choices[field]);
  return Object.fromEntries(fields.map(field => {
    const chosen = whose(field);
    const value = chosen ? chosen[field] : united(field, all.map(row => row[field]));
    return [field, field === 'customFields' ? eachChosen(value as Values | null, choices, whose) : value];
  }));
}

/** Fields that an administrator gave are chosen one by one, over what is kept of all of them; nothing, too. */
function eachChosen(
  value: Values | null, choices: Readonly<Record<string, string>>, whose: (field: string) => Values | undefined,
): Values | null {
  const chosen = Object.keys(choices).flatMap((field): [string, unknown][] => {
    const [key, row] = [customKeyOf(field), whose(field)];
    return key !== undefined && row ? [[key, heldIn(row, field)]] : [];
  });
  return chosen.length ? { ...value, ...Object.fromEntries(chosen) } : value;
}

/** Where an account stands in the tree follows from nothing: another’s place is taken only if it is chosen. */
const ownOnly = new Set(['parentAccountId']);
/** An account that stands as one of these is referred to as such. */
const standing = new Set(['isPrincipal', 'isDistributor']);

function united(field: string, values: readonly unknown[]): unknown {
  const [own] = values;
  if (ownOnly.has(field)) return own;
  if (standing.has(field)) return values.includes(true);
  const lists = values.filter(value => Array.isArray(value));
  if (lists.length) return [...new Map(lists.flat().map(item => [JSON.stringify(item), item as unknown])).values()];
  const given = values.filter(value => value !== null && value !== undefined && value !== '');
  if (field === 'customFields' && given.length) return Object.assign({}, ...given.toReversed()) as unknown;
  return given[0] ?? own;
}

/** Why these choices cannot be made, with the field that is wrong; `fields` are those of the record and those given. */
export function whyNotChoose(
  fields: readonly string[], ids: readonly string[], choices: Readonly<Record<string, string>>,
): { field: string; why: string } | undefined {
  for (const [field, id] of Object.entries(choices)) {
    if (!fields.includes(field)) return { field, why: 'There is no such field to choose' };
    if (!ids.includes(id)) return { field, why: 'must be the id of one of the records that are merged' };
  }
  return undefined;
}
