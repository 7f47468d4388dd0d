import { describe, expect, it } from '@jest/globals';
import { heldIn, keyOfLabel, nested, type CustomField } from './custom-field.ts';
import { keptValues } from './custom-values.ts';

const field = (key: string, more: Partial<CustomField> = {}): CustomField => ({
  key, label: key, type: 'text', required: false, options: [], section: 'More', active: true, ...more,
});
const faultsOf = (fields: CustomField[], sent: Record<string, unknown> | null | undefined, how = 'create' as const) => {
  const kept = keptValues(fields, { sent, before: null, how });
  return 'faults' in kept ? kept.faults.map(f => [f.pointer, f.message]) : [];
};

describe('values of custom fields', () => {
  it.each([
    ['text', 'x'.repeat(1001), 'must have at most 1000 characters'],
    ['text', 7, 'must be a text'],
    ['number', '7', 'must be a number'],
    ['number', 1e16, 'is too great'],
    ['date', '2026-02-30', 'must be a day, as 2026-11-24'],
    ['boolean', 'yes', 'must be true or false'],
    ['select', 'East', 'must be one of North, South'],
    ['multi-select', ['North', 'East'], 'must be one of North, South'],
    ['multi-select', 'North', 'must be a list'],
    ['url', 'javascript:alert(1)', 'must be a web address'],
    ['email', 'jane', 'must be an e-mail address'],
    ['user', 'jane', 'must be the id of a user'],
  ] as const)('of the type %s refuse %p', (type, value, message) => {
    const options = ['North', 'South'];
    expect(faultsOf([field('f', { type, options })], { f: value })).toEqual([['/customFields/f', message]]);
  });

  it('of a new record are complete: what is required and missing is named, so is what nobody defined', () => {
    const fields = [field('region', { required: true }), field('old', { active: false, required: true })];
    expect(faultsOf(fields, undefined)).toEqual([['/customFields/region', 'is required']]);
    expect(faultsOf(fields, { region: '  ' })).toEqual([['/customFields/region', 'is required']]);
    expect(faultsOf(fields, { region: 'a', old: 'b', __x: 1 })).toEqual([
      ['/customFields/old', 'There is no such field'], ['/customFields/__x', 'There is no such field'],
    ]);
  });

  it('of a change are those that are named; a replacement empties the others, and none that is not in use', () => {
    const fields = [field('a'), field('b'), field('c', { required: true }), field('old', { active: false })];
    const before = { a: '1', old: '2', c: '3' };
    expect(keptValues(fields, { sent: { b: ' 4 ', a: null }, before, how: 'change' })).toEqual({
      values: { b: '4', c: '3', old: '2' },
    });
    expect(keptValues(fields, { sent: { c: '5' }, before, how: 'replace' })).toEqual({ values: { c: '5', old: '2' } });
    const emptied = keptValues(fields, { sent: null, before, how: 'change' });
    expect(emptied).toHaveProperty('faults.0.pointer', '/customFields/c');
    const same = keptValues(fields, { sent: { c: '3', a: '1' }, before, how: 'replace' });
    expect('values' in same && same.values).toBe(before);
  });

  it('are held and sent one level deeper, and keys are made of labels', () => {
    expect(heldIn({ customFields: { region: 'North' } }, 'customFields.region')).toBe('North');
    expect(heldIn({ customFields: null }, 'customFields.constructor')).toBeNull();
    expect(nested({ a: 1, 'customFields.region': 'x' })).toEqual({ a: 1, customFields: { region: 'x' } });
    expect(['Sales region', 'Größe (cm)', '7', 'Constructor'].map(keyOfLabel)).toEqual([
      'salesRegion', 'groECm', undefined, undefined,
    ]);
  });
});
