/** The quarter of a month such as "2027-05": "2027-Q2". A fiscal year is named after the year in which it ends. */
export function fiscalQuarterOf(month: string, startMonth: number): string {
  const [year, nth] = month.split('-').map(Number) as [number, number];
  const ends = startMonth > 1 && nth >= startMonth ? year + 1 : year;
  return `${ends}-Q${Math.floor(((nth - startMonth + 12) % 12) / 3) + 1}`;
}

/** "Q2 FY2027". */
export const quarterText = (quarter: string): string => quarter.replace(/^(\d+)-(Q\d)$/, '$2 FY$1');
