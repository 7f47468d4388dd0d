import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { countryNamed } from './country.ts';

/** A number as somebody typed it, and the country of the record where it stands, as that says it. */
export interface TypedNumber {
  number: string;
  country?: string | null | undefined;
}

/**
 * A number that says its country, as it does; another as one of the record's country, if there is such a number there.
 * Who lives in a country may have a number of another one, so what cannot be there is of a country that nobody knows.
 */
export function readPhone({ number, country }: TypedNumber): PhoneNumber | undefined {
  const home = countryNamed(country);
  const there = home && readAt(number, { defaultCountry: home });
  if (there?.isValid()) return there;
  const abroad = number.replace(/^\W*00/, '+');
  return /^[^\d+]*\+/.test(abroad) ? readAt(abroad) : undefined;
}

/** A number as one within a country, or behind a country code. */
export function readAt(
  number: string, where: { defaultCountry?: CountryCode; defaultCallingCode?: string } = {},
): PhoneNumber | undefined {
  const read = parsePhoneNumberFromString(number, where);
  // The zero that is left out from abroad. Some numbers begin with one, which is theirs; others have none at all.
  if (read?.isValid() || !number.includes('(0)')) return read;
  const without = parsePhoneNumberFromString(number.replaceAll('(0)', ''), where);
  return without?.isValid() ? without : read;
}

/** A number as E.164 writes it; null where its country is unknown, or it is none. */
export const e164 = (typed: TypedNumber): string | null => readPhone(typed)?.number ?? null;

/**
 * A number as it is kept: as it is dialled from anywhere, where that is sure; else as it was typed. What is too short
 * or too long to be dialled, and what has an extension, stays as it is.
 */
export function keptPhone(typed: TypedNumber): string {
  const read = readPhone(typed);
  return read && !read.ext && read.isPossible() ? read.number : typed.number;
}
