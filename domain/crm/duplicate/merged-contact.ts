import type { TypedValue } from '../contact.ts';
import { keptPhone, type TypedNumber } from '../phone/phone-number.ts';
import { samePhone } from './phone.ts';

type Values = Record<string, unknown>;
type Choices = Readonly<Record<string, string>>;
/** A contact that becomes part of one, or that one itself. */
export interface MergedContact {
  id: string;
  values: Readonly<Values>;
  /** Of its numbers that say none. */
  country: string | null;
}

/**
 * What the one that stays holds of addresses and numbers, where its single fields hold `after`: the other ones become
 * further ones, so that none is lost, and none stands there twice. Who chooses a list has said what it holds.
 */
export function mergedReach(after: Values, all: readonly MergedContact[], choices: Choices): Values {
  const values = { ...after, extension: extensionOf(after, all, choices) };
  const kept: MergedContact = { ...all[0]!, values };
  const further = lists.filter(list => !choices[list]).map(list => [list, furtherOf(list, kept, all)] as const);
  return { extension: values.extension, ...Object.fromEntries(further) };
}

type List = 'emails' | 'phones';
const lists: readonly List[] = ['emails', 'phones'];
/** Fields that hold one each: what their value is for in the list of further ones. */
const single: Record<List, Readonly<Record<string, string>>> = {
  emails: { emailAddress: 'other' },
  phones: { workPhone: 'work', mobile: 'mobile' },
};
interface Entry extends TypedNumber {
  type: string;
  extended?: boolean;
}

function furtherOf(list: List, kept: MergedContact, all: readonly MergedContact[]): TypedValue[] | null {
  const [survivor, ...others] = all as [MergedContact, ...MergedContact[]];
  const own = survivor.values[list] as TypedValue[] | null;
  const first = singlesOf(list, kept).map(one => ({ ...one, country: whose(list, one, all) }));
  const there: Entry[] = [...first, ...listed(list, survivor)];
  const added: TypedValue[] = [];
  const theirs = others.flatMap(other => [...singlesOf(list, other), ...listed(list, other)]);
  for (const entry of [...singlesOf(list, survivor), ...theirs]) {
    if (there.some(other => says(list, other, entry))) continue;
    there.push(entry);
    added.push({ type: entry.type, value: list === 'phones' ? keptPhone(entry) : entry.number });
  }
  return added.length ? [...(own ?? []), ...added] : own;
}

/** Whether what is there says all that another one does: a number without its extension does not. */
function says(list: List, there: Entry, entry: Entry): boolean {
  if (list === 'emails') return lower(there.number) === lower(entry.number);
  const isOne = there.number === entry.number || samePhone(there, entry);
  return isOne && (!entry.extended || there.type === entry.type);
}
const lower = (address: string): string => address.trim().toLowerCase();

/** An extension is one of the work phone that is kept, not of whatever number another had. */
function extensionOf({ workPhone, extension }: Values, all: readonly MergedContact[], choices: Choices): unknown {
  if (choices['extension'] || !workPhone) return extension;
  const same = all.filter(row => row.values['workPhone'] === workPhone);
  const chosen = same.filter(row => row.id === choices['workPhone']);
  return [...chosen, ...same].map(row => row.values['extension']).find(Boolean) ?? null;
}

function singlesOf(list: List, { values, country }: MergedContact): Entry[] {
  return Object.entries(single[list]).flatMap(([field, type]): Entry[] => {
    const number = values[field];
    if (typeof number !== 'string' || number === '') return [];
    const extension = field === 'workPhone' ? asWord(values['extension']) : '';
    return [{ number, country, ...(extension ? { type: `${type} ext. ${extension}`, extended: true } : { type }) }];
  });
}
/** A further number has no field for its extension: what it is for says it, as a word without signs. */
const asWord = (extension: unknown): string =>
  typeof extension === 'string' ? extension.replace(/[^\p{L}\p{N}#*+-]/gu, '') : '';

const listed = (list: List, { values, country }: MergedContact): Entry[] =>
  ((values[list] ?? []) as TypedValue[]).map(({ type, value }) => ({ type, number: value, country }));

/** The country of the contact where what is kept was typed. */
const whose = (list: List, { number }: Entry, all: readonly MergedContact[]): string | null =>
  (all.find(row => singlesOf(list, row).some(one => one.number === number)) ?? all[0]!).country;
