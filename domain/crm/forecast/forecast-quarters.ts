import { fiscalQuarterOf } from '../../platform/fiscal/fiscal-quarter.ts';
import type { ForecastMonth, ForecastQuarter } from '../opportunity.contract.ts';

/** Months summed up by the quarters of the fiscal year, in their order. */
export function quartersOf(months: readonly ForecastMonth[], startMonth: number): ForecastQuarter[] {
  const quarters = new Map<string, ForecastQuarter>();
  for (const { month, currency, ...sums } of months) {
    const quarter = month === null ? null : fiscalQuarterOf(month, startMonth);
    const known = quarters.get(`${quarter} ${currency}`) ?? { quarter, currency, count: 0, value: 0, weighted: 0 };
    known.count += sums.count;
    known.value += sums.value;
    known.weighted += sums.weighted;
    quarters.set(`${quarter} ${currency}`, known);
  }
  return [...quarters.values()];
}
