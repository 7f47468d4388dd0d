import { timeDay, timeMonday, timeMonth, timeYear } from 'd3-time';
import { ms, type Moment } from './time-format.ts';

export type SpanKind = 'done' | 'running' | 'late' | 'predicted' | 'held';
export interface Span {
  from: Moment;
  to: Moment;
  kind: SpanKind;
  label?: string;
}
export interface Milestone {
  at: Moment;
  label: string;
  done?: boolean;
}
export interface Lane {
  id: string;
  name: string;
  /** After the name, muted. */
  sub?: string;
  href?: string;
  state?: 'done' | 'running' | 'planned' | 'held' | 'stopped';
  spans: Span[];
  /** The plan: a thin line below. */
  plan?: { from: Moment; to: Moment } | null;
  milestones?: Milestone[];
  /** Written after the last span: what it waits for. */
  note?: string | null;
  noteTone?: 'neutral' | 'warning' | 'danger';
  /** The right column: when it ended or will; `~` for predicted, with the difference to the plan. */
  end?: string | null;
  endDelta?: string | null;
}
export interface Tick {
  at: number;
  label: string;
}

/** From the first to the last thing drawn, with air on both sides, and always with now in it. */
export function extent(lanes: readonly Lane[], now: number): [number, number] {
  const all = lanes
    .flatMap(lane => [
      ...lane.spans.flatMap(s => [ms(s.from), ms(s.to)]),
      ...(lane.plan ? [ms(lane.plan.from), ms(lane.plan.to)] : []),
      ...(lane.milestones ?? []).map(m => ms(m.at)),
    ])
    .concat(now);
  const first = Math.min(...all);
  const last = Math.max(...all);
  const air = Math.max((last - first) * 0.04, 6 * 3_600_000);
  return [first - air, last + air];
}

/** Percent along the axis. */
export function axis(from: number, to: number): (moment: Moment) => number {
  return moment => Math.min(100, Math.max(0, ((ms(moment) - from) / (to - from)) * 100));
}

/** Days, weeks, months or years, whichever leaves room for their names. */
export function ticks(from: number, to: number): Tick[] {
  const days = (to - from) / 86_400_000;
  const every = (unit: typeof timeDay, step: number, label: (d: Date) => string): Tick[] =>
    unit.range(unit.ceil(new Date(from)), new Date(to), step).map(d => ({ at: d.getTime(), label: label(d) }));
  const month = new Intl.DateTimeFormat('en-GB', { month: 'short' });
  const numbered = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
  const named = (d: Date): string => (d.getMonth() === 0 ? `${month.format(d)} ${d.getFullYear()}` : month.format(d));
  if (days <= 14) return every(timeDay, days > 8 ? 2 : 1, d => numbered.format(d));
  if (days <= 60) return every(timeMonday, days > 42 ? 2 : 1, d => numbered.format(d));
  if (days <= 800) return every(timeMonth, days > 400 ? 3 : days > 240 ? 2 : 1, named);
  return every(timeYear, 1, d => String(d.getFullYear()));
}

/** Whether two spans touch: then their facing corners are square. */
export const touches = (a: Span | undefined, b: Span | undefined): boolean =>
  Boolean(
    a &&
    b &&
    Math.abs(ms(a.to) - ms(b.from)) < 60_000 &&
    (b.kind === 'late' || a.kind === 'running' || a.kind === 'late'),
  );

export const kindWord: Record<SpanKind, string> = {
  done: 'done',
  running: 'running',
  late: 'past plan',
  predicted: 'predicted',
  held: 'on hold',
};
export const stateWord: Record<NonNullable<Lane['state']>, string> = {
  done: 'done',
  running: 'running',
  planned: 'planned',
  held: 'on hold',
  stopped: 'stopped',
};

/** A span in words: `Setup: predicted, Tue 24 Nov – ~Fri 27 Nov`. */
export function spanText(lane: Lane, span: Span, day: (moment: Moment) => string): string {
  const end = `${span.kind === 'predicted' ? '~' : ''}${day(span.to)}`;
  return `${span.label ?? lane.name}: ${kindWord[span.kind]}, ${day(span.from)} – ${end}`;
}
