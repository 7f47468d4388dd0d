/** A rule as far as points depend on it; that it fits, and how often, is found out by whoever asks the records. */
export interface PointsRule {
  id: string;
  name: string;
  points: number;
}

/** Why somebody has points: one rule that fits, once or several times. */
export interface ScoreReason {
  ruleId: string;
  name: string;
  times: number;
  /** All of them together. */
  points: number;
}
export interface LeadScore {
  score: number;
  reasons: ScoreReason[];
}

/** A rule counts not more often than this, so that no score leaves the numbers that are kept. */
export const timesMax = 1_000;

/** The points of all rules that fit, `times[i]` times the rule i; the reasons in the order of the rules (CRM-037). */
export function scoreOf(rules: readonly PointsRule[], times: readonly number[]): LeadScore {
  const reasons = rules.flatMap(({ id, name, points }, i): ScoreReason[] => {
    const fitting = Math.min(times[i] ?? 0, timesMax);
    return fitting && points ? [{ ruleId: id, name, times: fitting, points: fitting * points }] : [];
  });
  return { score: reasons.reduce((sum, reason) => sum + reason.points, 0), reasons };
}

/** `+20`, `−5` */
export const sayPoints = (points: number): string =>
  points < 0 ? `−${Math.abs(points)}` : `+${points}`;

/** `+30 Meeting held (3 times)` */
export const sayReason = ({ name, times, points }: ScoreReason): string =>
  `${sayPoints(points)} ${name}${times > 1 ? ` (${times} times)` : ''}`;

/** Lowest score of each band but the first, which holds all below. */
const bands = [0, 1, 20, 40, 60, 80] as const;
export interface ScoreBand {
  from: number | null;
  to: number | null;
  before: number;
  after: number;
}

/** Contacts for which the same rules fit equally often. */
export interface Alike {
  times: readonly number[];
  count: number;
  /** Some of them, to be shown. */
  ids: readonly string[];
}
export interface ScoreChange {
  id: string;
  before: LeadScore;
  after: LeadScore;
}
export interface ScorePreview {
  contacts: number;
  changed: number;
  bands: ScoreBand[];
  /** The largest changes. */
  examples: ScoreChange[];
}

/** Rules as they stand in `times`; null in the places of those that are not among them. */
export type RulesInPlace = readonly (PointsRule | null)[];
export const examplesMax = 20;

/** What other rules would make of the scores: whom they change, how many stand in each band before and after. */
export function previewOf(alike: readonly Alike[], before: RulesInPlace, after: RulesInPlace): ScorePreview {
  const empty: PointsRule = { id: '', name: '', points: 0 };
  const [was, becomes] = [before, after].map(rules => rules.map(rule => rule ?? empty)) as [PointsRule[], PointsRule[]];
  const counted: ScoreBand[] = [null, ...bands].map((from, i) => (
    { from, to: i < bands.length ? bands[i]! - 1 : null, before: 0, after: 0 }
  ));
  const changes: (ScoreChange & { by: number })[] = [];
  let contacts = 0, changed = 0;
  for (const { times, count, ids } of alike) {
    const [old, next] = [scoreOf(was, times), scoreOf(becomes, times)];
    contacts += count;
    counted[bandOf(old.score)]!.before += count;
    counted[bandOf(next.score)]!.after += count;
    if (old.score === next.score) continue;
    changed += count;
    const by = Math.abs(next.score - old.score);
    changes.push(...ids.map(id => ({ id, before: old, after: next, by })));
  }
  const examples = changes.sort((a, b) => b.by - a.by).slice(0, examplesMax).map(({ by: _, ...change }) => change);
  return { contacts, changed, bands: counted, examples };
}

const bandOf = (score: number): number => bands.filter(from => score >= from).length;
