import { z } from 'zod';
import { Day, Instant } from '../platform/clock.ts';
import { endpoint, event } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { optionalText } from './crm-fields.ts';
import { opportunities } from './opportunity.ts';
import { stageFields, stageOutcomes, StageKey } from './opportunity-stage.ts';

/** More cards than anybody looks through; the totals count all. */
export const boardCardsMax = 50;

const Amount = z.object({
  currency: z.string(), value: z.int(), weighted: z.int().meta({ description: 'Σ value × probability, in cents' }),
});
export const BoardCard = z
  .object({
    id: Id, version: z.int(), opportunityName: z.string(), value: z.int(), currency: z.string(), probability: z.int(),
    weightedValue: z.int(), stage: z.string(), stageSince: Instant, expectedCloseDate: Instant.nullable(),
    accountId: Id.nullable(), accountName: z.string().nullable(), contactName: z.string().nullable(),
    ownerId: Id, ownerName: z.string().nullable(), lostReason: z.string().nullable(), kanbanIndex: z.int(),
  })
  .meta({ id: 'OpportunityCard' });
export type BoardCard = z.output<typeof BoardCard>;

export const BoardColumn = z
  .object({
    stage: z.object({
      key: z.string(), name: z.string(), outcome: z.enum(stageOutcomes), probability: z.int(),
      requiredFields: z.array(z.enum(stageFields)),
    }),
    count: z.int(),
    amounts: z.array(Amount).meta({ description: 'One for each currency' }),
    items: z.array(BoardCard).meta({ description: `The first ${boardCardsMax} in their order` }),
  })
  .meta({ id: 'OpportunityColumn' });
export type BoardColumn = z.output<typeof BoardColumn>;

export const StageStay = z
  .object({
    id: Id, at: Instant, by: z.string(),
    from: z.object({ key: z.string(), name: z.string() }).nullable().meta({ description: 'Null of a new one' }),
    to: z.object({ key: z.string(), name: z.string() }),
    until: Instant.nullable().meta({ description: 'Null of the stage it is in' }),
  })
  .meta({ id: 'OpportunityStageStay' });
export type StageStay = z.output<typeof StageStay>;

export const ForecastMonth = Amount.extend({
  month: z.string().nullable()
    .meta({ description: 'Of the expected close; null where none is set', example: '2027-05' }),
  count: z.int(),
}).meta({ id: 'ForecastMonth' });
export type ForecastMonth = z.output<typeof ForecastMonth>;
export const ForecastQuarter = Amount.extend({
  quarter: z.string().nullable()
    .meta({ description: 'Of the fiscal year, named after the year in which it ends', example: '2027-Q2' }),
  count: z.int(),
}).meta({ id: 'ForecastQuarter' });
export type ForecastQuarter = z.output<typeof ForecastQuarter>;

export const Outcomes = z
  .object({
    key: z.string().nullable(), label: z.string().nullable(), won: z.int(), lost: z.int(),
    winRate: z.number().nullable().meta({ description: 'Won of all closed, in percent' }),
    amounts: z.array(z.object({ currency: z.string(), won: z.int(), lost: z.int() })),
  })
  .meta({ id: 'OpportunityOutcomes' });
export type Outcomes = z.output<typeof Outcomes>;

const who = { q: z.string().trim().max(200).optional(), ownerId: Id.optional(), accountId: Id.optional() };
const span = {
  from: Day.optional().meta({ description: 'First day' }), to: Day.optional().meta({ description: 'Last day' }),
};
const path = '/api/opportunities';

export const opportunityEndpoints = {
  board: endpoint({
    method: 'GET', path: `${path}/board`, needs: 'opportunity:read',
    query: z.object(who),
    returns: z.object({ columns: z.array(BoardColumn) }),
    summary: 'The pipeline: each stage with its totals and first cards',
  }),
  forecast: endpoint({
    method: 'GET', path: `${path}/forecast`, needs: 'opportunity:read', query: z.object({ ...span, ...who }),
    returns: z.object({ months: z.array(ForecastMonth), quarters: z.array(ForecastQuarter) }),
    summary: 'What open opportunities may bring: value × probability by month and quarter of the expected close',
  }),
  winLoss: endpoint({
    method: 'GET', path: `${path}/win-loss`, needs: 'opportunity:read', query: z.object({ ...span, ...who }),
    returns: z.object({
      total: Outcomes, byReason: z.array(Outcomes), bySource: z.array(Outcomes), byOwner: z.array(Outcomes),
      byPeriod: z.array(Outcomes),
    }),
    summary: 'Won and lost opportunities: counts, values and rates by reason, source, owner and month',
  }),
  stageHistory: endpoint({
    method: 'GET', path: `${path}/:id/stage-history`, needs: 'opportunity:read', params: ById,
    returns: z.object({ items: z.array(StageStay) }),
    summary: 'The stages it was in, the latest first: since when, and who moved it there',
  }),
  move: endpoint({
    method: 'POST', path: `${path}/:id/move`, needs: 'opportunity:update', params: ById,
    body: z.object({
      stage: StageKey,
      before: Id.optional().meta({ description: 'The card that it is put above' }),
      after: Id.optional().meta({ description: 'The card that it is put below; on top where neither is said' }),
      lostReason: optionalText(500),
      version: z.int().min(1).optional(),
    }),
    returns: opportunities.View,
    summary: 'Puts a card into a stage, at a place of its column',
  }),
};

const moved = z.object({
  id: Id, title: z.string(), from: z.string().nullable(), to: z.string(), stageName: z.string(),
  value: z.int(), currency: z.string(),
  ownerId: Id, accountId: Id.nullable(),
});
const entity = (p: z.output<typeof moved>): string => p.id;

/** CRM-069. */
export const opportunityStageChanged = event({
  name: 'crm.opportunity.stage-changed', payload: moved, entity, says: p => `moved ${p.title} to ${p.stageName}`,
});
export const opportunityWon = event({
  name: 'crm.opportunity.won', aliases: ['deal.won'], payload: moved, entity, says: p => `won ${p.title}`,
});
export const opportunityLost = event({
  name: 'crm.opportunity.lost', aliases: ['deal.lost'], payload: moved, entity, says: p => `lost ${p.title}`,
});
/** What is done for the opportunity goes to the other account with it. */
export const opportunityAccountChanged = event({
  name: 'crm.opportunity.account-changed',
  payload: z.object({
    id: Id, title: z.string(), from: Id.nullable(), to: Id.nullable(),
    processes: z.array(z.object({ type: z.string(), entityId: Id })),
  }),
  hides: ['processes'],
  entity: p => p.id,
  tells: p => p.processes,
  says: p => `moved ${p.title} to another account`,
});
export const opportunityEvents = [
  opportunityStageChanged, opportunityWon, opportunityLost, opportunityAccountChanged,
];
