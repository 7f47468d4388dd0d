import { describe, expect, it } from '@jest/globals';
import { changesOf, fieldWord, summaryOf, type AuditRow } from './audit-changes.ts';

const entry = (oldValues: AuditRow['oldValues'], newValues: AuditRow['newValues']): AuditRow =>
  ({ oldValues, newValues }) as AuditRow;

describe('[PLT-064] an entry of the audit log', () => {
  it.each<[string, AuditRow['oldValues'], AuditRow['newValues'], (string | null)[][]]>([
    ['a change', { status: 'A', title: 'x' }, { status: 'B', title: 'x' }, [['status', 'A', 'B']]],
    ['a creation', null, { active: true }, [['active', null, 'true']]],
    ['a removal', { note: 'x' }, { note: null }, [['note', 'x', null]]],
    ['nested values', { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, [['a.c', '2', '3']]],
    ['lists as a whole', { tags: ['a'] }, { tags: ['a', 'b'] }, [['tags', '["a"]', '["a","b"]']]],
    ['an event without values', null, null, []],
  ])('%s', (_, before, after, changes) => {
    expect(changesOf(entry(before, after)).map(c => [c.field, c.before, c.after])).toEqual(changes);
  });

  it('is summed up in one line', () => {
    expect(summaryOf(entry(null, null))).toBe('');
    expect(summaryOf(entry(null, { endDate: 1 }))).toBe('End date');
    expect(summaryOf(entry(null, { endDate: 1, status: 'x' }))).toBe('End date and status');
    expect(summaryOf(entry(null, { endDate: 1, status: 'x', a: 1, b: 2 }))).toBe('End date, status and 2 more');
    expect(fieldWord('details.metadata.progress')).toBe('Details · metadata · progress');
  });
});
