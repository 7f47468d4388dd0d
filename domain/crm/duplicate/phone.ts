/** Country codes of one and of two figures (ITU-T E.164); all others have three. */
const countryCode = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** As it is dialled: the zero that is left out from abroad is none of it. */
const dialledOf = (phone: string): string => phone.replaceAll('(0)', '').replace(/[^0-9+]/g, '');

/** A number that names its country, as E.164 writes it; null of any other. */
export function e164(phone: string | null | undefined): string | null {
  const figures = /^(?:\+|00)([1-9]\d{6,14})$/.exec(dialledOf(phone ?? ''))?.[1];
  return figures === undefined ? null : `+${figures}`;
}

/** The last nine figures of the number within its country, as `phone_key` of the database cuts them out. */
export function phoneKey(phone: string | null | undefined): string | null {
  const dialled = dialledOf(phone ?? '');
  const abroad = /^(?:\+|00)(\d*)/.exec(dialled)?.[1];
  const within = abroad === undefined ? dialled.replaceAll('+', '') : abroad.replace(countryCode, '');
  const figures = within.replace(/^0+/, '');
  return figures.length >= 7 ? figures.slice(-9) : null;
}

/** Whether two numbers are one line: to the last figure where both name their country, else within their countries. */
export function samePhone(a: string | null | undefined, b: string | null | undefined): boolean {
  const [left, right] = [e164(a), e164(b)];
  if (left !== null && right !== null) return left === right;
  return phoneKey(a) !== null && phoneKey(a) === phoneKey(b);
}

/** What two numbers share that are one line: the figures within the country, or all of one too short for that. */
export const lineKeys = (phones: readonly (string | null)[]): string[] =>
  phones.map(phone => phoneKey(phone) ?? e164(phone)).filter(key => key !== null).map(key => `line ${key}`);
