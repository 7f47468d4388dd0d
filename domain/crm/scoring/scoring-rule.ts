import { z } from 'zod';
import { JsonObject, line } from '../../platform/field.ts';
import { record } from '../../platform/record.ts';
import { readTree, treeLengthMax, type FilterTree } from '../../platform/table/filter-tree.ts';
import { interactionDirections, interactionTypes } from '../activity/interaction.ts';

/** So many rules has a tenant: each is asked of every contact. */
export const scoringRulesMax = 50;

export const interactionCountings = ['each', 'once', 'none'] as const;
export type InteractionCounting = (typeof interactionCountings)[number];

/** Conditions as a list of contacts takes them in `where`. */
const Where = JsonObject
  .superRefine((where, ctx) => {
    const text = JSON.stringify(where);
    const fault = text.length > treeLengthMax ? 'is too long' : faultOf(text);
    if (fault) ctx.addIssue({ code: 'custom', message: fault });
  })
  .meta({
    example: { field: 'source', op: 'eq', value: 'Referral' },
    description: 'Conditions as `where` of a list of contacts takes them, joined by `all` and `any`',
  });

function faultOf(text: string): string | undefined {
  const read = readTree(text);
  if ('fault' in read) return read.fault;
  return fieldsOf(read.tree).includes('leadScore') ? 'cannot depend on the score itself' : undefined;
}

const fieldsOf = (tree: FilterTree): string[] =>
  'field' in tree ? [tree.field] : ('all' in tree ? tree.all : tree.any).flatMap(fieldsOf);

const OfFields = z.object({
  kind: z.literal('fields').meta({ description: 'What the contact itself says' }),
  where: Where,
});
const OfInteractions = z.object({
  kind: z.literal('interactions').meta({ description: 'What took place with the contact' }),
  types: z.array(z.enum(interactionTypes)).max(interactionTypes.length).default([])
    .meta({ title: 'Types', description: 'Any, if none is named' }),
  direction: z.enum(interactionDirections).nullable().default(null).meta({ title: 'Direction' }),
  counting: z.enum(interactionCountings).default('each').meta({
    title: 'Counting',
    description: 'The points for each, once if there is any, or if there is none; none counts of contacts that have '
      + 'been there for that long',
  }),
  withinDays: z.int().min(1, 'must be at least 1').max(3650, 'must be at most 3650').nullable().default(null)
    .meta({ title: 'Within days', description: 'Ever, unless said' }),
});
export const ScoringCondition = z.discriminatedUnion('kind', [OfFields, OfInteractions])
  .meta({ id: 'ScoringCondition' });
export type ScoringCondition = z.output<typeof ScoringCondition>;

/** The conditions of a kept rule on fields, as they were proved when it was written. */
export function treeOf({ where }: Extract<ScoringCondition, { kind: 'fields' }>): FilterTree {
  const read = readTree(JSON.stringify(where));
  return 'tree' in read ? read.tree : { any: [] };
}

/** Whether one of these fields of a contact is asked. */
export const asksFields = (condition: ScoringCondition, names: readonly string[]): boolean =>
  condition.kind === 'fields' && fieldsOf(treeOf(condition)).some(field => names.includes(field));

const sent = {
  name: line(100).meta({ title: 'Name', description: 'Stands as the reason beside its points' }),
  points: z.int('must be a whole number').min(-100, 'must be at least -100').max(100, 'must be at most 100')
    .meta({ title: 'Points', example: 20 }),
  condition: ScoringCondition.meta({ title: 'Condition' }),
  isActive: z.boolean().default(true).meta({ title: 'Active' }),
  position: z.int().min(0).max(1_000_000).optional()
    .meta({ title: 'Order', description: 'Smaller comes first; the last place, unless said' }),
};

/** A reason for points of the lead score (CRM-037); each tenant has its own. */
export const scoringRules = record({
  name: 'scoring-rule',
  area: 'crm',
  tableName: 'scoring_rule',
  path: '/api/crm/scoring-rules',
  title: 'name',
  shape: z.object({
    name: z.string(), points: z.int(), condition: ScoringCondition, isActive: z.boolean(), position: z.int(),
  }),
  create: z.object(sent),
  fields: { name: 'text', points: 'number', isActive: 'boolean', position: 'number' },
  search: ['name'],
  defaultSort: 'position,name',
});
export type ScoringRule = z.output<typeof scoringRules.View>;
export type SentRule = z.input<typeof scoringRules.create>;

const fitting = (field: string, op: string, value: string): ScoringCondition =>
  ({ kind: 'fields', where: { field, op, value } });
const happening = (more: Partial<Extract<ScoringCondition, { kind: 'interactions' }>>): ScoringCondition =>
  ({ kind: 'interactions', types: [], direction: null, counting: 'each', withinDays: 90, ...more });

/** What a fresh tenant starts with. */
export const standardRules: readonly Pick<ScoringRule, 'name' | 'points' | 'condition'>[] = [
  { name: 'Source Referral', points: 20, condition: fitting('source', 'eq', 'Referral') },
  { name: 'Source Website', points: 10, condition: fitting('source', 'eq', 'Website') },
  { name: 'Is a prospect', points: 15, condition: fitting('status', 'eq', 'prospect') },
  { name: 'Can be reached by mail', points: 5, condition: fitting('emailAddress', 'empty', 'false') },
  { name: 'Meeting in the last 90 days', points: 10, condition: happening({ types: ['meeting'] }) },
  { name: 'Call in the last 90 days', points: 5, condition: happening({ types: ['call'] }) },
  {
    name: 'Wrote to us in the last 30 days', points: 10,
    condition: happening({ types: ['email'], direction: 'inbound', counting: 'once', withinDays: 30 }),
  },
  { name: 'Nothing for 30 days', points: -10, condition: happening({ counting: 'none', withinDays: 30 }) },
];
export const positionStep = 10;
