const dayMs = 86_400_000;

export interface Span { startDate: string; endDate: string }

/**
 * Divides a POV's span over `count` phases in order, without gaps or overlap; the last one ends with the POV (POV-064).
 * Borders fall on whole days from the start, unless there are fewer days than phases.
 */
export function spreadPhases(pov: Span, count: number): Span[] {
  const start = Date.parse(pov.startDate), end = Date.parse(pov.endDate);
  const unit = (end - start) / dayMs >= count ? dayMs : 1;
  const border = (i: number): number =>
    i === 0 ? start : i === count ? end : start + Math.round(((end - start) / unit) * i / count) * unit;
  return Array.from({ length: count }, (_, i) =>
    ({ startDate: new Date(border(i)).toISOString(), endDate: new Date(border(i + 1)).toISOString() }));
}
