import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number that is kept as it is dialled from anywhere, in the groups of its country; any other as it was typed. */
export const phoneText = (number: string): string => abroad(number)?.formatInternational() ?? number;

/** How it is dialled. An extension is no part of the number: `…5000 ext. 4` is not …50004. */
export function phoneHref(number: string): string {
  const read = abroad(number);
  if (read) return read.getURI();
  // How extensions are written is the same everywhere, so any country will do to find one.
  const { ext } = parsePhoneNumberFromString(number, 'US') ?? {};
  const line = ext ? number.slice(0, number.lastIndexOf(ext)) : number;
  return `tel:${line.replace(/[^+\d]/g, '')}`;
}

function abroad(number: string) {
  const read = number.startsWith('+') ? parsePhoneNumberFromString(number) : undefined;
  return read?.isPossible() ? read : undefined;
}
