import type { FieldError } from '../platform/errors.ts';
import type { OpportunityStage } from './opportunity-stage.ts';

type Fields = Readonly<Record<string, unknown>>;
type Stage = Pick<OpportunityStage, 'key' | 'name' | 'probability' | 'outcome' | 'requiredFields'>;
/** What the rule reads of an opportunity; a new one has nothing yet. */
export interface StagedBefore extends Fields {
  stage: string;
  probability: number;
  lostReason?: string | null;
  actualCloseDate?: string | Date | null;
}

interface Move {
  to: Stage;
  sent: Fields;
  /** Null of a new opportunity. */
  before: StagedBefore | null;
  now: number;
}

/** What follows from being in a stage (CRM-069): times, probability and reason that the caller need not send. */
export function inStage({ to, sent, before, now }: Move): Record<string, unknown> {
  const moved = before?.stage !== to.key;
  const at = new Date(now).toISOString();
  const entered = moved ? { stage: to.key, stageSince: at } : {};
  if (to.outcome === 'open') {
    const asked = sent['probability'];
    return {
      ...entered,
      ...(asked === undefined && moved ? { probability: to.probability } : {}),
      ...(moved ? { actualCloseDate: null, lostReason: null } : {}),
    };
  }
  const closed = sent['actualCloseDate'] ?? (moved ? null : before?.actualCloseDate) ?? at;
  return {
    ...entered,
    probability: fixedProbability(to),
    actualCloseDate: closed instanceof Date ? closed.toISOString() : closed,
    ...(to.outcome === 'won' && moved ? { lostReason: null } : {}),
  };
}

/** Why it cannot be in the stage as it is sent: each field that is wrong or missing. */
export function whyNotInStage({ to, sent, before }: Omit<Move, 'now'>): FieldError[] {
  const moved = before?.stage !== to.key;
  const value = (field: string): unknown => (sent[field] !== undefined ? sent[field] : before?.[field]);
  const wrong = (field: string, message: string, code = 'invalid'): FieldError[] =>
    [{ pointer: `/${field}`, code, message }];
  const missing = to.requiredFields.filter(field =>
    isEmpty(value(field)) && (moved || (sent[field] !== undefined && !isEmpty(before[field]))));
  return [
    ...missing.flatMap(field => wrong(field, `is needed in the stage ${to.name}`, 'required')),
    ...(to.outcome === 'lost' && isEmpty(moved ? sent['lostReason'] : value('lostReason'))
      ? wrong('lostReason', 'A lost opportunity says why', 'required') : []),
    ...(to.outcome !== 'lost' && !isEmpty(sent['lostReason'])
      ? wrong('lostReason', 'Only a lost opportunity has one') : []),
    ...(to.outcome === 'open' && !isEmpty(sent['actualCloseDate'])
      ? wrong('actualCloseDate', 'Only a closed opportunity has one') : []),
    ...(to.outcome !== 'open' && sent['probability'] !== undefined && sent['probability'] !== before?.probability
      && sent['probability'] !== fixedProbability(to)
      ? wrong('probability', `is ${fixedProbability(to)} in the stage ${to.name}`) : []),
  ];
}

const fixedProbability = ({ outcome }: Stage): number => (outcome === 'won' ? 100 : 0);
/** An amount of nothing says nothing. */
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || value === 0;
