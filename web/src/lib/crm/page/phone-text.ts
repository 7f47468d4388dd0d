import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number that is kept as it is dialled from anywhere, in the groups of its country; any other as it was typed. */
export function phoneText(number: string): string {
  const read = number.startsWith('+') ? parsePhoneNumberFromString(number) : undefined;
  return read?.isPossible() ? read.formatInternational() : number;
}
