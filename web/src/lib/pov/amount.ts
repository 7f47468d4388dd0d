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
