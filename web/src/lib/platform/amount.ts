import { decimalOf, noAmount, notCents } from '#domain/platform/money.ts';

/** An amount as people read it: `€ 186,400`, cents only where there are some. */
export function amountText(decimal: string | null | undefined, currency: string): string {
  if (decimal === null || decimal === undefined || decimal === '') return '–';
  const number = Number(decimal);
  const digits = Number.isInteger(number) ? 0 : 2;
  const parts = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).formatToParts(number);
  const symbol = parts.find(p => p.type === 'currency')?.value ?? currency;
  const rest = parts
    .filter(p => p.type !== 'currency' && p.type !== 'literal')
    .map(p => p.value)
    .join('');
  return `${symbol} ${rest}`;
}

export const currencySymbol = (currency: string): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(p => p.type === 'currency')?.value ?? currency;

/** The same of whole cents. */
export const centsText = (cents: number | null | undefined, currency: string): string =>
  amountText(cents === null || cents === undefined ? null : centsDecimal(cents), currency);

/** `12.34` of 1234, digit by digit. */
export const centsDecimal = (cents: number): string => decimalOf({ amountMinor: cents, currency: 'USD' });

/** Whole cents of what somebody typed, `1,234.5`; as it stands where it is no amount, such as `1250,50`. */
export function typedCents(text: string): number | string {
  const [, whole, part = ''] = /^(\d{1,13}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? text : Number(whole.replaceAll(',', '') + part.padEnd(2, '0'));
}

/** What is wrong with a field, to people: they type amounts, not cents. */
export const typedWords = (message: string): string => message.replaceAll(notCents, noAmount);
