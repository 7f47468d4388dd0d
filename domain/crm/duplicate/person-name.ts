export type Likeness = 'same' | 'near' | null;

/** Lower-case words without accents and signs: what `word_key` of the database makes, in their own order. */
export const wordsOf = (text: string): string[] =>
  text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Names by which one person goes. */
const nicknames: readonly string[][] = [
  ['alexander', 'alex', 'sandy'], ['andrew', 'andy', 'drew'], ['anthony', 'tony'], ['barbara', 'barb'],
  ['benjamin', 'ben'], ['charles', 'charlie', 'chuck'], ['christopher', 'chris'], ['daniel', 'dan', 'danny'],
  ['david', 'dave'], ['deborah', 'debra', 'deb', 'debbie'], ['donald', 'don'], ['edward', 'ed', 'eddie', 'ted'],
  ['elizabeth', 'liz', 'beth', 'betty', 'eliza'], ['gregory', 'greg'], ['james', 'jim', 'jimmy', 'jamie'],
  ['jennifer', 'jen', 'jenny'], ['john', 'jon', 'jonathan', 'johnny', 'jack'], ['joseph', 'joe', 'joey'],
  ['katherine', 'catherine', 'kate', 'kathy', 'cathy', 'katie'], ['kenneth', 'ken'], ['lawrence', 'larry'],
  ['margaret', 'maggie', 'meg', 'peggy'], ['matthew', 'matt'], ['michael', 'mike', 'mick'], ['nicholas', 'nick'],
  ['patricia', 'pat', 'patty', 'trish'], ['patrick', 'pat'], ['peter', 'pete'], ['philip', 'phillip', 'phil'],
  ['rebecca', 'becky'], ['richard', 'rick', 'dick', 'rich'], ['robert', 'bob', 'rob', 'bobby'], ['ronald', 'ron'],
  ['samuel', 'samantha', 'sam'], ['stephen', 'steven', 'steve'], ['susan', 'sue', 'suzanne'], ['thomas', 'tom'],
  ['timothy', 'tim'], ['victoria', 'vicky'], ['william', 'will', 'bill', 'billy'],
];

/** Initials of the other names by which somebody of this name goes, by names that have such. */
export const initialsOfNicknames: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...new Set(nicknames.flat())].map(name => [
    name, [...new Set(nicknames.filter(names => names.includes(name)).flat().map(other => other[0]!))],
  ]),
);

export interface PersonName {
  firstName: string;
  lastName: string;
}

/** Whether two names may be those of one person: "Jon Smith" and "John Smith" are near. */
export function nameLikeness(a: PersonName, b: PersonName): Likeness {
  const [left, right] = [sameNameKey(a), sameNameKey(b)];
  if (!left || !right) return null;
  if (left === right) return 'same';
  return nearLast(wordsOf(a.lastName).join(' '), wordsOf(b.lastName).join(' '))
    && nearFirst(wordsOf(a.firstName)[0] ?? '', wordsOf(b.firstName)[0] ?? '') ? 'near' : null;
}

/** What names share that are the same: their words, in whichever order they are. */
export const sameNameKey = ({ firstName, lastName }: PersonName): string =>
  wordsOf(`${firstName} ${lastName}`).sort().join(' ');

/** What two last names share that may be near, or the same: all letters, or what is left without any one of them. */
export function lastNameKeys(lastName: string): string[] {
  const name = wordsOf(lastName).join(' ');
  if (name.length < nearFrom || /\d/.test(name)) return [name];
  const without = Array.from({ length: name.length }, (_, at) => name.slice(0, at) + name.slice(at + 1));
  return [...new Set([name, ...without])];
}

const nearFrom = 5;
const nearLast = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) >= nearFrom && oneApart(a, b));

function nearFirst(a: string, b: string): boolean {
  if (!a || !b) return false;
  if (a === b || nicknames.some(names => names.includes(a) && names.includes(b))) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 1 || short.length >= 3) if (long.startsWith(short) && !/\d/.test(long)) return true;
  return short.length >= 4 && oneApart(a, b);
}

/** One letter typed too much, too little or wrong, or two swapped; figures are never typing errors. */
export function oneApart(a: string, b: string): boolean {
  if (/\d/.test(a + b) || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.slice(from, a.length - end), b.slice(from, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
