import { describe, expect, it } from '@jest/globals';
import { anInstance, aStep, ids } from '../../../../domain/approvals/approval.fixture.ts';
import { decidedBy, entryOf, inGroups, storyOf } from './inbox.ts';

const now = Date.parse('2026-11-24T13:12:00Z');
const reader = { userId: ids.dana, role: 'SALES_MANAGEMENT' };
const waiting = (title: string, slaDeadline: string | null, openedAt = '2026-11-20T09:00:00.000Z') =>
  entryOf(anInstance({ title, slaDeadline, steps: [aStep({ openedAt })] }), reader, 'UTC', now);

describe('[APR-031] the inbox', () => {
  it('puts the soonest deadline first and what has none last, longest wait first', () => {
    const groups = inGroups(
      [
        waiting('Open, young', null, '2026-11-23T09:00:00.000Z'),
        waiting('In two weeks', '2026-12-08T09:00:00.000Z'),
        waiting('Open, old', null),
        waiting('Tomorrow', '2026-11-25T09:00:00.000Z'),
        waiting('Late', '2026-11-24T09:00:00.000Z'),
      ],
      now,
    );
    expect(groups.map(g => [g.heading, ...g.entries.map(e => e.instance.title)])).toEqual([
      ['Past the deadline', 'Late'],
      ['Due this week', 'Tomorrow'],
      ['Due later', 'In two weeks'],
      ['Without a deadline', 'Open, old', 'Open, young'],
    ]);
  });

  it('names the step that is the reader’s', () => {
    const instance = anInstance({
      steps: [aStep({ order: 0, assigneeIds: [ids.pat] }), aStep({ order: 1, name: 'Mine' })],
    });
    expect(entryOf({ ...instance, mode: 'parallel-all' }, reader, 'UTC', now).step?.name).toBe('Mine');
  });

  it('keeps what the reader decided today, newest first', () => {
    const done = (title: string, decidedAt: string, by = ids.dana) =>
      anInstance({ title, status: 'completed', steps: [aStep({ status: 'approved', decidedBy: by, decidedAt })] });
    const found = decidedBy(
      [
        done('a', '2026-11-24T08:00:00.000Z'),
        done('b', '2026-11-24T09:00:00.000Z'),
        done('c', '2026-11-23T09:00:00.000Z'),
        done('d', '2026-11-24T09:00:00.000Z', ids.pat),
      ],
      ids.dana,
      at => at.startsWith('2026-11-24'),
    );
    expect(found.map(d => d.instance.title)).toEqual(['b', 'a']);
  });

  it('tells who handed a step over, and for whom it was decided', () => {
    const [from, to] = [{ id: ids.dana, name: 'Dana Okafor' }, { id: ids.pat, name: 'Pat Lee' }];
    const step = aStep({
      status: 'approved', name: 'Review', assigneeIds: [ids.pat], decidedBy: ids.pat, decidedByName: 'Pat Lee',
      decidedAt: '2026-11-22T09:00:00.000Z', decidedFor: from,
      delegations: [{ id: ids.phase, from, to, at: '2026-11-21T09:00:00.000Z', comment: 'Away', stepVersion: 1 }],
    });
    const story = storyOf(anInstance({ createdAt: '2026-11-20T08:00:00.000Z', steps: [step] }));
    expect(story.map(s => [s.by, s.what, s.note]).slice(0, 2)).toEqual([
      ['Pat Lee', 'approved Setup (Review) for Dana Okafor', null],
      ['Dana Okafor', 'handed Setup (Review) to Pat Lee', '“Away”'],
    ]);
  });

  it('tells what happened, newest first', () => {
    const step = aStep({
      status: 'rejected',
      openedAt: '2026-11-20T09:00:00.000Z',
      decidedBy: ids.dana,
      decidedByName: 'Dana Okafor',
      decidedAt: '2026-11-21T09:00:00.000Z',
      comment: 'No data',
      name: 'Review',
    });
    const story = storyOf(anInstance({ createdAt: '2026-11-20T08:00:00.000Z', steps: [step] }));
    expect(story.map(s => [s.by, s.what, s.note])).toEqual([
      ['Dana Okafor', 'rejected Setup (Review)', '“No data”'],
      [null, 'Asked Dana Okafor', undefined],
      ['Sam Rivera', 'asked for approval of Setup', undefined],
    ]);
  });
});
