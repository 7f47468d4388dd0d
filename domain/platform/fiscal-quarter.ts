/** A month as "2027-05", in the quarter of its fiscal year, which is named after the year in which it ends: "2027-Q2". */
export function fiscalQuarterOf(month: string, startMonth: number): string {
  const [year, nth] = month.split('-').map(Number) as [number, number];
  const ends = startMonth > 1 && nth >= startMonth ? year + 1 : year;
  return `${ends}-Q${Math.floor(((nth - startMonth + 12) % 12) / 3) + 1}`;
}

/** "Q2 FY2027". */
export const quarterText = (quarter: string): string => quarter.replace(/^(\d+)-(Q\d)$/, '$2 FY$1');
