import { z } from 'zod';
import { line } from '../platform/field.ts';
import { record } from '../platform/record.ts';

/** What it means to be in a stage: still open, or closed in one of two ways. */
export const stageOutcomes = ['open', 'won', 'lost'] as const;
export type StageOutcome = (typeof stageOutcomes)[number];

/** Fields that a stage may ask for before an opportunity enters it. */
export const stageFields = [
  'value', 'expectedCloseDate', 'accountId', 'distributorAccountId', 'vendorAccountId', 'orderIdHouse', 'description',
  'source',
] as const;
export type StageField = (typeof stageFields)[number];

/** What a fresh tenant starts with (CRM-067). */
export const standardStages: readonly { key: string; name: string; probability: number; outcome: StageOutcome }[] = [
  { key: 'lead', name: 'Lead', probability: 0, outcome: 'open' },
  { key: 'qualified', name: 'Qualified', probability: 25, outcome: 'open' },
  { key: 'proposal', name: 'Proposal', probability: 50, outcome: 'open' },
  { key: 'negotiation', name: 'Negotiation', probability: 75, outcome: 'open' },
  { key: 'closed_won', name: 'Closed won', probability: 100, outcome: 'won' },
  { key: 'closed_lost', name: 'Closed lost', probability: 0, outcome: 'lost' },
];
/** Between two stages there is room for more. */
export const positionStep = 10;

export const StageKey = z.string().regex(/^[a-z][a-z0-9_]{0,49}$/, 'must be lower-case letters, digits and _');
const Percent = z.int('must be a whole number').min(0, 'must be at least 0').max(100, 'must be at most 100');

const sent = {
  key: StageKey.optional().meta({ title: 'Key', description: 'Made of the name, unless said; stays as it is' }),
  name: line(100).meta({ title: 'Name' }),
  position: z.int().min(0).max(1_000_000).optional()
    .meta({ title: 'Order', description: 'Smaller comes first; the last place, unless said' }),
  probability: Percent.default(0).meta({ title: 'Probability', description: 'Of an opportunity that enters it' }),
  outcome: z.enum(stageOutcomes).default('open').meta({ title: 'Outcome' }),
  requiredFields: z.array(z.enum(stageFields)).max(stageFields.length).default([])
    .meta({ title: 'Required fields', description: 'An opportunity without them does not enter' }),
};

/** A step of the pipeline; each tenant has its own (CRM-067). */
export const opportunityStages = record({
  name: 'opportunity-stage',
  area: 'crm',
  tableName: 'opportunity_stage',
  path: '/api/opportunity-stages',
  title: 'name',
  shape: z.object({
    key: z.string(), name: z.string(), position: z.int(), probability: z.int(), outcome: z.enum(stageOutcomes),
    requiredFields: z.array(z.enum(stageFields)),
  }),
  create: z.object(sent),
  fields: { key: 'text', name: 'text', position: 'number', probability: 'number', outcome: 'text' },
  search: ['name'],
  defaultSort: 'position,name',
});
export type OpportunityStage = z.output<typeof opportunityStages.View>;

/** `Closed won` → `closed_won`; nothing where no letter is left. */
export const keyOfName = (name: string): string | undefined =>
  StageKey.safeParse(
    name.normalize('NFD').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim().replaceAll(' ', '_').slice(0, 50),
  ).data;
