import { describe, expect, it } from '@jest/globals';
import { scoringRules, standardRules, type ScoringRule } from '#domain/crm/scoring/scoring-rule.ts';
import { contactCatalog } from '#domain/crm/contact-catalog.ts';
import { contacts } from '#domain/crm/contact.ts';
import type { CrmModule } from '../crm-module.ts';
import { conditionText, draftOfRule, ruleFields, ruleOf } from './rule-draft.ts';

const fields = ruleFields({ record: contacts, catalog: contactCatalog } as Partial<CrmModule> as CrmModule);
const kept = (rule: object): ScoringRule => ({ ...standardRules[0]!, isActive: true, ...rule }) as ScoringRule;

describe('a rule that is changed', () => {
  it.each(standardRules.map(rule => [rule.name, rule] as const))('is what it was: %s', (_, rule) => {
    const { condition, ...sent } = ruleOf(draftOfRule(kept(rule), fields));
    const parsed = scoringRules.create.parse({ ...sent, condition });
    expect(conditionText(parsed.condition, fields)).toBe(conditionText(rule.condition, fields));
    expect(parsed).toMatchObject({ name: rule.name, points: rule.points });
  });

  it('is asked of the contact, never of the score', () => {
    const names = fields.map(f => f.name);
    expect(names).toEqual(expect.arrayContaining(['source', 'status', 'active', 'tags', 'jobTitle']));
    expect(names).not.toContain('leadScore');
    expect(fields.find(f => f.name === 'active')!.options!.map(o => o.value)).toEqual(['true', 'false']);
  });

  it('is refused while it says nothing', () => {
    const draft = draftOfRule(null, fields);
    expect(scoringRules.create.safeParse(ruleOf(draft)).success).toBe(false);
    expect(scoringRules.create.safeParse(ruleOf({ ...draft, kind: 'interactions', points: '' })).success).toBe(false);
  });
});

it('a condition is said as people say it', () => {
  const tree = { any: [{ field: 'status', op: 'eq', value: 'lead' }, { all: [
    { field: 'city', op: 'contains', value: 'Oslo' }, { field: 'emailAddress', op: 'empty', value: 'false' }] }] };
  expect(conditionText({ kind: 'fields', where: tree }, fields)).toBe(
    'Status is Lead or (City contains Oslo and E-mail is not empty)');
  const some = { kind: 'interactions', types: ['call', 'meeting'], direction: 'inbound' } as const;
  expect(conditionText({ ...some, types: [...some.types], counting: 'none', withinDays: 1 }, fields)).toBe(
    'No inbound call or meeting within 1 day');
});
