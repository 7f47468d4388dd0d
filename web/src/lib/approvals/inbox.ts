import { approvalWaitingFor } from '#domain/approvals/approval-sentence.ts';
import type { Instance } from '#domain/approvals/instance.ts';
import {
  isUndecided,
  stepMeant,
  whyClosed,
  type Decider,
  type Step,
} from '#domain/approvals/step.ts';
import type { z } from 'zod';
import type { ListQuery } from '#domain/platform/list.ts';
import type { WaitingFor } from '#domain/platform/process.ts';

const hour = 3_600_000;

export const shows = ['waiting', 'asked', 'decided'] as const;
export type Show = (typeof shows)[number];
export const showOf = (text: string | null): Show => shows.find(s => s === text) ?? 'waiting';

/** What each part of the inbox asks the API for. */
export function inboxQuery(show: Show, userId: string): z.input<typeof ListQuery> {
  const page = { pageSize: 100 };
  if (show === 'waiting') return { ...page, filter: { waitingForMe: 'true' } };
  if (show === 'asked') return { pageSize: 50, sort: '-createdAt', filter: { requesterId: userId } };
  return { pageSize: 50, sort: '-updatedAt', filter: { status: { in: 'completed,rejected,cancelled' } } };
}
/** What was lately touched: the source of "decided today". */
export const recentQuery = { pageSize: 30, sort: '-updatedAt' };

/** An approval with the step that the reader would decide. */
export interface Entry {
  instance: Instance;
  step: Step | undefined;
  since: string;
  until: string | null;
}

export function entryOf(instance: Instance, reader: Decider, timeZone: string, now: number): Entry {
  const step = stepMeant({ ...instance, timeZone }, reader, now) as Step | undefined;
  return { instance, step, since: step?.openedAt ?? instance.createdAt, until: instance.slaDeadline };
}

/** Soonest deadline first; what has none by how long it has waited. */
export const bySoonest = (a: Entry, b: Entry): number =>
  (a.until ?? '9999').localeCompare(b.until ?? '9999') || a.since.localeCompare(b.since);

export interface Group {
  heading: string;
  hint?: string;
  entries: Entry[];
}

export function inGroups(entries: readonly Entry[], now: number): Group[] {
  const due = (e: Entry): number => (e.until ? Date.parse(e.until) : Infinity);
  const sorted = [...entries].sort(bySoonest);
  const groups: Group[] = [
    { heading: 'Past the deadline', entries: sorted.filter(e => due(e) <= now) },
    {
      heading: 'Due this week',
      hint: 'Soonest first',
      entries: sorted.filter(e => due(e) > now && due(e) <= now + 168 * hour),
    },
    { heading: 'Due later', entries: sorted.filter(e => due(e) > now + 168 * hour && due(e) < Infinity) },
    { heading: 'Without a deadline', hint: 'Longest wait first', entries: sorted.filter(e => e.until === null) },
  ];
  return groups.filter(g => g.entries.length > 0);
}

/** What the reader decided on the given day: newest first. */
export function decidedBy(instances: readonly Instance[], userId: string, isToday: (at: string) => boolean) {
  return instances
    .flatMap(instance =>
      instance.steps
        .filter(s => s.decidedBy === userId && s.decidedAt && isToday(s.decidedAt))
        .map(step => ({ instance, step })),
    )
    .sort((a, b) => b.step.decidedAt!.localeCompare(a.step.decidedAt!));
}

/** The same sentence as everywhere: the rule that the process itself runs. Null once it is over. */
export const waitingFor = (instance: Instance, timeZone: string, now: number): WaitingFor | null =>
  whyClosed(instance) ? null : approvalWaitingFor(instance, timeZone, now);

export interface Happening {
  id: string;
  at: string;
  what: string;
  by: string | null;
  note?: string | null;
}

/** What happened to an approval, newest first: asked, reminded, decided. */
export function storyOf(instance: Instance): Happening[] {
  const asked: Happening = {
    id: 'asked',
    at: instance.createdAt,
    by: instance.requesterName,
    what: `asked for approval of ${instance.title}`,
  };
  const steps = instance.steps.flatMap((s): Happening[] => [
    ...(s.openedAt ? [{ id: `${s.id}-open`, at: s.openedAt, by: null, what: `Asked ${namesOf(s)}` }] : []),
    ...(s.remindedAt
      ? [
          {
            id: `${s.id}-remind`,
            at: s.remindedAt,
            by: null,
            what: `Reminded ${namesOf(s)}`,
            note: s.reminders > 1 ? `${s.reminders} times so far` : null,
          },
        ]
      : []),
    ...s.delegations.map(d => ({
      id: d.id, at: d.at, by: d.from.name, what: `handed ${instance.title} (${s.name}) to ${d.to.name}`,
      note: d.comment && `“${d.comment}”`,
    })),
    ...(s.decidedAt && !isUndecided(s)
      ? [
          {
            id: `${s.id}-done`,
            at: s.decidedAt,
            by: s.decidedByName,
            what: `${s.status} ${instance.title} (${s.name})${s.decidedFor ? ` for ${s.decidedFor.name}` : ''}`,
            note: s.comment && `“${s.comment}”`,
          },
        ]
      : []),
  ]);
  // Latest first; at one instant what follows from the other stands above it.
  return [asked, ...steps].sort((a, b) => a.at.localeCompare(b.at)).reverse();
}

const namesOf = (step: Step): string =>
  step.assignees
    .map(a => a.name)
    .slice(0, 3)
    .join(', ') || step.name;
