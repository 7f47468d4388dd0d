import { Day } from '../../../domain/platform/clock.ts';
import type { FieldKind } from '../../../domain/platform/record.ts';
import type { Condition } from '../../../domain/platform/table/filter-tree.ts';
import { sql, type Sql } from '../sql.ts';

/** When a day began, or so many days later, in the time zone of the tenant that reads. */
export const startOfDay = (day: string, later = 0, zone: Sql = tenantZone): Sql =>
  sql`((${day}::date + ${sql.lit(later)})::timestamp at time zone ${zone})`;
const tenantZone = sql`(select z.time_zone from tenant z
  where z.id = nullif(current_setting('app.tenant', true), '')::uuid)`;

/** Of an instant that stands for a day its day is meant, which it is in UTC; of others that of the tenant's clock. */
type InstantKind = 'instant' | 'utcDay';
export const isInstant = (kind: FieldKind): kind is InstantKind => kind === 'instant' || kind === 'utcDay';

/**
 * A condition on an instant. A bare day means all of it: "up to 30 November" takes what happened in its evening, and
 * "after" begins with the first of December.
 */
export function instantCondition(column: Sql, kind: InstantKind, { op, values }: Condition): Sql | null {
  if (!values.some(isDay)) return null;
  const start = (day: string): Sql => startOfDay(day, 0, zones[kind]);
  const next = (day: string): Sql => startOfDay(day, 1, zones[kind]);
  const at = (value: string): Sql => isDay(value)
    ? sql`(${column} >= ${start(value)} and ${column} < ${next(value)})`
    : sql`${column} = ${value}::timestamptz`;
  const [value] = values as [string];
  switch (op) {
    case 'eq':
    case 'in':
      return sql`(${sql.join(values.map(at), sql` or `)})`;
    case 'ne':
      return sql`${at(value)} is not true`;
    case 'gt':
      return sql`${column} >= ${next(value)}`;
    case 'gte':
      return sql`${column} >= ${start(value)}`;
    case 'lt':
      return sql`${column} < ${start(value)}`;
    case 'lte':
      return sql`${column} < ${next(value)}`;
    default:
      return null;
  }
}
const zones: Record<InstantKind, Sql> = { instant: tenantZone, utcDay: sql`'UTC'` };
const isDay = (value: string): boolean => Day.safeParse(value).success;
