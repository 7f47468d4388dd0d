import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { endpoint, event } from '../../platform/contract.ts';
import { ById, Id } from '../../platform/id.ts';
import { watcherUpdates } from '../../platform/operations/process-hold.ts';
import { processContract } from '../../platform/process.ts';
import { scoringRules } from './scoring-rule.ts';

/** So many contacts are scored in one step. */
export const scoredAtOnce = 200;

export const scoringStatuses = ['running', 'done'] as const;
export type ScoringStatus = (typeof scoringStatuses)[number];
/** Why all are scored anew. */
export const scoringCauses = ['asked', 'rules', 'records', 'nightly'] as const;
export type ScoringCause = (typeof scoringCauses)[number];

const Reason = z.object({
  ruleId: Id, name: z.string(), times: z.int().meta({ description: 'How often the rule fits' }),
  points: z.int().meta({ description: 'Of all times together' }),
}).meta({ id: 'ScoreReason' });

export const ContactScore = z
  .object({
    contactId: Id, score: z.int(), reasons: z.array(Reason).meta({ description: 'In the order of the rules' }),
  })
  .meta({ id: 'ContactScore' });
export type ContactScore = z.output<typeof ContactScore>;

export const ScoringRun = z
  .object({
    id: Id, status: z.enum(scoringStatuses), cause: z.enum(scoringCauses), total: z.int(), done: z.int(),
    changed: z.int().meta({ description: 'Contacts whose score is another one since' }),
    createdAt: Instant, finishedAt: Instant.nullable(), startedByName: z.string().nullable(),
  })
  .meta({ id: 'ScoringRun' });
export type ScoringRun = z.output<typeof ScoringRun>;

/** Scores every contact by the rules of now (CRM-037). */
export const leadScoring = processContract({
  type: 'leadScoring',
  entityType: 'scoring-run',
  summary: 'Scores all contacts by the rules of now, and goes on where it was interrupted',
  id: runId => `lead-scoring-${runId}`,
  reads: 'scoring-rule:read',
  start: { needs: 'scoring-rule:update', body: z.object({}) },
  signals: {},
  updates: watcherUpdates,
});

const Change = z.object({ rule: scoringRules.create, ruleId: Id.nullable().optional() }).meta({ id: 'PreviewScoring' });
const Band = z.object({
  from: z.int().nullable().meta({ description: 'The lowest score in it; null: any below' }),
  to: z.int().nullable().meta({ description: 'The highest score in it; null: any above' }),
  before: z.int(), after: z.int(),
});
const Example = z.object({
  contactId: Id, name: z.string(), before: z.int(), after: z.int(),
  reasons: z.array(Reason).meta({ description: 'Of the score afterwards' }),
});
export const ScoringPreview = z
  .object({
    contacts: z.int(), changed: z.int().meta({ description: 'Contacts whose score would be another one' }),
    bands: z.array(Band).meta({ description: 'How many contacts have which scores' }),
    examples: z.array(Example).meta({ description: 'The largest changes, of contacts that the caller may read' }),
  })
  .meta({ id: 'ScoringPreview' });
export type ScoringPreview = z.output<typeof ScoringPreview>;

export const scoringEndpoints = {
  score: endpoint({
    method: 'GET', path: '/api/contacts/:id/score', needs: 'contact:read', params: ById, returns: ContactScore,
    summary: 'The lead score of a contact, and why it is that',
  }),
  preview: endpoint({
    method: 'POST', path: '/api/crm/scoring-previews', needs: 'scoring-rule:update', body: Change,
    returns: ScoringPreview,
    summary: 'What a rule, new or instead of an existing one, would make of the scores; nothing is written',
  }),
  runs: endpoint({
    method: 'GET', path: '/api/crm/scoring-runs', needs: 'scoring-rule:read',
    returns: z.object({ items: z.array(ScoringRun) }), summary: 'When all contacts were scored, newest first',
  }),
  start: endpoint({
    method: 'POST', path: '/api/crm/scoring-runs', needs: 'scoring-rule:update', returns: ById, status: 202,
    summary: 'Score all contacts anew; a run that is on its way begins again',
  }),
};

const about = z.object({ runId: Id, done: z.int(), total: z.int() });
type About = z.output<typeof about>;
const happened = (name: string, says: (p: About) => string, told: boolean) =>
  event({
    name: `crm.scoring-run.${name}`, payload: about, entity: p => p.runId, says,
    ...(told && { tells: (p: About) => [{ type: leadScoring.type, entityId: p.runId }] }),
  });
export const scoringRequested = happened('requested', () => 'asked to score all contacts', true);
export const scoringProgressed = happened('progressed', p => `scored ${p.done} of ${p.total}`, false);
export const contactScored = event({
  name: 'crm.contact.scored',
  payload: z.object({ id: Id, title: z.string(), from: z.int(), to: z.int() }),
  entity: p => p.id,
  says: p => `made the score of ${p.title} ${p.to}, which was ${p.from}`,
});
