import { measured, type Measure } from '#domain/pov/pov-kpi.ts';

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 });

/** A measure in words: `96.8 %`, `yes`, or a dash. */
export function measureText(measure: Measure | null): string {
  const value = typeof measure === 'object' && measure !== null ? measure['value'] : measure;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const found = measured(measure);
  if (found === null) return '–';
  const unit = unitOf(measure);
  return unit ? `${number.format(found)} ${unit}` : number.format(found);
}

export const unitOf = (measure: Measure | null): string =>
  typeof measure === 'object' && measure !== null && typeof measure['unit'] === 'string' ? measure['unit'] : '';
