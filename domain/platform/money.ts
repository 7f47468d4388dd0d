import { z } from 'zod';

/** An exact amount: whole minor units of an ISO 4217 currency, never a float (PLT-011). */
export const Money = z
  .object({
    amountMinor: z.int('must be a whole number of minor units'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of three letters'),
  })
  .meta({ id: 'Money', example: { amountMinor: 1234, currency: 'EUR' } });
export type Money = z.output<typeof Money>;

/** Said of what is none: to programs, which send whole cents, and to people, who type an amount. */
export const notCents = 'must be a whole number of cents, such as 125050',
  noAmount = 'must be an amount, such as 1250.50';

/** How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD. */
export const exponentOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** The sum; amounts of different currencies do not add. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`${a.currency} and ${b.currency} do not add`);
  return { amountMinor: a.amountMinor + b.amountMinor, currency: a.currency };
}

/** `12.34` of 1234 minor units of EUR, digit by digit. */
export function decimalOf({ amountMinor, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, cut)}${exponent ? `.${digits.slice(cut)}` : ''}`;
}
