import type { PhoneNumber } from 'libphonenumber-js/max';
import { DashedPhone } from '../crm-fields.ts';
import { e164, readAt, readPhone, type TypedNumber } from '../phone/phone-number.ts';

/** Country codes of one and of two figures (ITU-T E.164); all others have three. */
const countryCode = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/**
 * The last nine figures of the number within its country, as `phone_key` of the database cuts them out: by it those are
 * found that are compared. Nothing that the database could not do in an index.
 */
export function phoneKey(phone: string | null | undefined): string | null {
  const dialled = (phone ?? '').replaceAll('(0)', '').replace(/[^0-9+]/g, '');
  const abroad = /^(?:\+|00)(\d*)/.exec(dialled)?.[1];
  const within = abroad === undefined ? dialled.replaceAll('+', '') : abroad.replace(countryCode, '');
  const figures = within.replace(/^0+/, '');
  return figures.length >= 7 ? figures.slice(-9) : null;
}

/** By which keys others are looked for that may have this number: as it was typed, and as it is read. */
export const keysOf = (typed: TypedNumber): string[] =>
  [...new Set([phoneKey(typed.number), phoneKey(e164(typed))])].filter(key => key !== null);

/**
 * Whether two numbers are one line. Where it is known of both in which country they are, they are compared to the last
 * figure; where of one, the other is read as a number of that country. What then is left is compared by its key.
 */
export function samePhone(a: TypedNumber, b: TypedNumber): boolean {
  if (endApart(a.number, b.number)) return false;
  if (a.number === b.number && (a.country ?? null) === (b.country ?? null)) return phoneKey(a.number) !== null;
  const [left, right] = [knownOf(a), knownOf(b)];
  if (left && right) return left.number === right.number;
  if (left) return isIn(left, b.number);
  if (right) return isIn(right, a.number);
  return sameFigures(a.number, b.number);
}

/**
 * A number where its country is known. What the sheet of contacts takes (CRM-031) has the form of North America: such a
 * number in a record of elsewhere may be of either, and is compared as one of which nobody knows.
 */
function knownOf(typed: TypedNumber): PhoneNumber | undefined {
  const read = readPhone(typed);
  const isOfEither = read && read.countryCallingCode !== northAmerica && isDashed(typed.number)
    && readAt(typed.number, { defaultCallingCode: northAmerica })?.isValid();
  return isOfEither ? undefined : read;
}
const northAmerica = '1';

/**
 * What two numbers share that are one line: how they end, as they are typed and as they are read, without extensions.
 * Few figures, so that no way to write a number is left out; who waits for another in vain waits for a moment.
 */
export const lineKeys = (numbers: readonly TypedNumber[]): string[] =>
  numbers.flatMap(typed => [
    typed.number, withoutExtension(typed.number), e164(typed),
    readAt(typed.number, { defaultCallingCode: northAmerica })?.number,
  ]).map(number => endOf(number ?? '')).filter(end => end !== '').map(end => `line ${end}`);

/** Most pairs differ in the end: they are told apart without reading them. An extension would be that end. */
const endApart = (a: string, b: string): boolean =>
  plain.test(a) && plain.test(b) && endOf(a) !== endOf(b);
const plain = /^[\d\s()+./-]{0,50}$/;
const endOf = (number: string): string => number.replace(/\D/g, '').slice(-4);

/** Whether a text that says no country is this number, as it is dialled within its country. */
function isIn({ number, countryCallingCode }: PhoneNumber, text: string): boolean {
  const there = readAt(text, { defaultCallingCode: countryCallingCode });
  // "49 30 1234567" lacks its plus.
  if (there?.number === number || readAt(`+${text}`)?.number === number) return true;
  // A whole number of that country, and another.
  if (there && (there.isValid() || there.number.length === number.length)) return false;
  return sameFigures(text, number);
}

/** Numbers as the sheet of contacts has them are whole: they have ten figures. */
function sameFigures(a: string, b: string): boolean {
  const [left, right] = [a, b].map(withoutExtension) as [string, string];
  if (left !== right && isDashed(left) && isDashed(right)) return false;
  return phoneKey(left) !== null && phoneKey(left) === phoneKey(right);
}
const isDashed = (number: string): boolean => DashedPhone.safeParse(number).success;

/** How extensions are written is the same everywhere, so any country will do to find one. */
function withoutExtension(number: string): string {
  const ext = readAt(number, { defaultCallingCode: northAmerica })?.ext;
  return ext ? number.slice(0, number.lastIndexOf(ext)) : number;
}
