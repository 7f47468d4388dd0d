import { interactionTypes, type InteractionDirection } from '#domain/crm/activity/interaction.ts';
import {
  treeOf, type InteractionCounting, type ScoringCondition, type ScoringRule, type SentRule,
} from '#domain/crm/scoring/scoring-rule.ts';
import {
  draftOf, newCondition, writtenFilter, type DraftGroup, type FilterChoice,
} from '#lib/platform/table/filter-draft.ts';
import { filterText } from '#lib/platform/table/filter-words.ts';
import { choiceLabel, optionLabel, type CrmModule } from '../crm-module.ts';
import { builderFields } from '../record-query.ts';

/** A rule as it is being made; numbers as they are typed. */
export interface RuleDraft {
  name: string;
  points: string;
  isActive: boolean;
  kind: ScoringCondition['kind'];
  where: DraftGroup;
  types: string[];
  direction: string;
  counting: string;
  withinDays: string;
}

/** The fields of a contact that a rule can ask: all but the score itself, and those that name people. */
export const ruleFields = (module: CrmModule): FilterChoice[] =>
  builderFields(module).flatMap(({ of, ...field }) => {
    if (field.name === 'leadScore' || of === 'user' || of === 'type' || of === 'stage') return [];
    const { options } = module.catalog.find(f => f.field === field.name) ?? {};
    if (of === 'boolean')
      return [{ ...field, options: [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }] }];
    const choices = options?.map(value => ({ value, label: optionLabel({ field: field.name }, value) }));
    return [choices?.length ? { ...field, options: choices } : { ...field, kind: of ? 'text' : field.kind }];
  });

export function draftOfRule(rule: ScoringRule | null, fields: readonly FilterChoice[]): RuleDraft {
  const fresh: RuleDraft = {
    name: rule?.name ?? '', points: String(rule?.points ?? 10), isActive: rule?.isActive ?? true, kind: 'fields',
    where: { by: 'all', items: [newCondition(fields[0]!)] }, types: [], direction: 'any', counting: 'each',
    withinDays: '',
  };
  const condition = rule?.condition;
  if (!condition) return fresh;
  if (condition.kind === 'fields') return { ...fresh, where: draftOf(JSON.stringify(condition.where)) };
  const { types, direction, counting, withinDays } = condition;
  return {
    ...fresh, kind: 'interactions', types, direction: direction ?? 'any', counting,
    withinDays: withinDays === null ? '' : String(withinDays),
  };
}

const numberOf = (text: string): number => (text.trim() ? Number(text) : NaN);

/** As the API takes it; `whole` is false while no condition is. */
export function ruleOf({ name, points, isActive, ...draft }: RuleDraft): SentRule {
  const about = { name, points: numberOf(points), isActive };
  if (draft.kind === 'fields') {
    return { ...about, condition: { kind: 'fields', where: { ...writtenFilter(draft.where) } } };
  }
  const direction = draft.direction === 'any' ? null : (draft.direction as InteractionDirection);
  return {
    ...about,
    condition: {
      kind: 'interactions', direction, types: interactionTypes.filter(type => draft.types.includes(type)),
      counting: draft.counting as InteractionCounting,
      withinDays: draft.withinDays.trim() ? Number(draft.withinDays) : null,
    },
  };
}

/** `Source is Referral and City contains Oslo`, `each meeting or call within 90 days` */
export function conditionText(condition: ScoringCondition, fields: readonly FilterChoice[]): string {
  if (condition.kind === 'fields') return filterText(treeOf(condition), fields);
  const { types, direction, counting, withinDays } = condition;
  const what = types.length ? types.map(choiceLabel).join(' or ').toLowerCase() : 'interaction';
  const who = direction ? `${direction} ` : '';
  const when = withinDays === null ? '' : ` within ${withinDays} ${withinDays === 1 ? 'day' : 'days'}`;
  return `${{ each: 'Each', once: 'Any', none: 'No' }[counting]} ${who}${what}${when}`;
}
