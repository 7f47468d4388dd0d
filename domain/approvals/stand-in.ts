import { z } from 'zod';
import { Day } from '../platform/clock.ts';
import { Id } from '../platform/id.ts';
import { record } from '../platform/record.ts';
import { sayDay } from '../platform/sentence.ts';

const text = z.string().nullable();

/** Who decides approvals in somebody's place while they are away (APR-027). */
export const standIns = record({
  name: 'stand-in',
  area: 'workflow',
  tableName: 'stand_in',
  path: '/api/stand-ins',
  title: 'fromDay',
  shape: z.object({ userId: Id, standInId: Id, fromDay: Day, untilDay: Day }),
  shown: z.object({ userName: text, standInName: text, createdByName: text, updatedByName: text }),
  create: z.object({
    userId: Id.optional().meta({ title: 'Who is away', description: 'Who creates it, unless said; stays as it is' }),
    standInId: Id.meta({ title: 'Stand-in' }),
    fromDay: Day.meta({ title: 'From', description: 'From the beginning of this day at the tenant' }),
    untilDay: Day.meta({ title: 'Until', description: 'To the end of this day at the tenant' }),
  }),
  fields: { userId: 'uuid', standInId: 'uuid', fromDay: 'day', untilDay: 'day' },
  defaultSort: '-fromDay',
  scopes: { owner: 'userId', others: ['standInId'] },
  people: ['standInId'],
});
export type StandIn = z.output<typeof standIns.View>;

export interface Absence {
  userId: string;
  standInId: string;
  fromDay: string;
  untilDay: string;
}

/** `Tue 1 Dec`. */
export const sayCalendarDay = (day: string): string => sayDay(`${day}T12:00:00Z`, 'UTC');

/** Which field of it cannot be so, and why; `others` are those of the same person. */
export function faultOfAbsence(
  { userId, standInId, fromDay, untilDay }: Absence, others: readonly Absence[], today: string,
): { field: keyof Absence; why: string } | undefined {
  if (standInId === userId) return { field: 'standInId', why: 'must be somebody else' };
  if (untilDay < fromDay) return { field: 'untilDay', why: 'must not be before the first day' };
  if (untilDay < today) return { field: 'untilDay', why: 'is over already' };
  const other = others.find(o => o.fromDay <= untilDay && fromDay <= o.untilDay);
  if (!other) return undefined;
  const period = `${sayCalendarDay(other.fromDay)} to ${sayCalendarDay(other.untilDay)}`;
  return { field: 'fromDay', why: `overlaps: there is a stand-in from ${period}` };
}
