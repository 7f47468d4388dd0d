import type { Option } from '#lib/ui/form/field.ts';

/** All time zones by name, with how far each is from UTC at that moment. */
export const zoneOptions = (at: number): Option[] =>
  [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map(value => ({
    value,
    label: value.replaceAll('_', ' '),
    meta: offsetOf(value, at),
  }));

/** How far a time zone is from UTC at that moment, as "+01:00". */
export function offsetOf(timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(p => p.type === 'timeZoneName')?.value ?? '';
  return name.replace(/^GMT/, '') || '+00:00';
}

export function currencyOptions(): Option[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return Intl.supportedValuesOf('currency').map(value => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
}
