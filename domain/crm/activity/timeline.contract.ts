import { z } from 'zod';
import { FileFacts } from '../../platform/attachment/attachment.ts';
import { Instant } from '../../platform/clock.ts';
import { endpoint } from '../../platform/contract.ts';
import { ById, Id } from '../../platform/id.ts';
import { mailStates } from '../../platform/mail.ts';
import { Person } from '../comment.ts';
import { TimelineChange, type StorySubject } from './timeline-change.ts';

export const timelineKinds = ['interaction', 'task', 'change', 'created', 'merged', 'pov', 'file', 'comment'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** One line of the story of an account, contact or opportunity (CRM-089). */
export const TimelineItem = z
  .object({
    key: z.string().meta({ description: 'Of the line: the kind, and the id of what it tells of' }),
    at: Instant.meta({ description: 'When it took place, is planned for, was completed or entered' }),
    kind: z.enum(timelineKinds),
    type: z.string().meta({
      description: 'Of an interaction its type, of a POV what was done, of a file added or removed; else the record',
      example: 'call',
    }),
    title: z.string(),
    details: z.string().nullable(),
    status: z.string().nullable().meta({ description: 'Of an interaction or task' }),
    from: z.string().nullable().meta({ description: 'Of a change: the status before' }),
    to: z.string().nullable(),
    changes: z.array(TimelineChange).meta({ description: 'Of a change of fields: each one, before and after' }),
    by: z.string().nullable().meta({ description: 'Who did it, or has it to do' }),
    recordType: z.string(),
    recordId: Id,
    dueDate: Instant.nullable(),
    duration: z.int().nullable().meta({ description: 'Minutes' }),
    contactName: z.string().nullable(),
    emailStatus: z.enum(mailStates).nullable().meta({ description: 'Of a mail that was sent from here' }),
    emailProblem: z.string().nullable(),
    files: z.array(FileFacts).nullable().meta({ description: 'Of a comment' }),
    mentions: z.array(Person).nullable(),
  })
  .meta({ id: 'ActivityTimelineItem' });
export type TimelineItem = z.output<typeof TimelineItem>;

const whole = (max: number) =>
  z.preprocess(v => (typeof v === 'string' && /^\d+$/.test(v) ? Number(v) : v), z.int().min(1).max(max));
export const TimelineQuery = z.object({
  limit: whole(500).default(30),
  cursor: z.string().max(300).optional().meta({ description: 'Of the page before' }),
  kind: z.enum(timelineKinds).optional(),
});
export type TimelineQuery = z.output<typeof TimelineQuery>;
const Timeline = z.object({ items: z.array(TimelineItem), nextCursor: z.string().nullable() });

const story = (of: StorySubject) =>
  endpoint({
    method: 'GET', path: `/api/${of === 'opportunity' ? 'opportunities' : `${of}s`}/:id/timeline`,
    needs: `${of}:read`, params: ById, query: TimelineQuery, returns: Timeline,
    summary: `What happened with the ${of}, newest first: interactions, tasks, changes, POVs, files, new records`,
  });
export const timelineEndpoints = {
  account: story('account'), contact: story('contact'), opportunity: story('opportunity'),
};
