import type { EventView } from '../../domain/platform/event.contract.ts';
import type { Reader } from './reader.ts';
import { allOf, sql, type Sql } from './sql.ts';

export interface EventRow extends Omit<EventView, 'aliases'> {
  concerns: string[];
}

export interface EventFilter {
  after: number;
  limit: number;
  /** Exact names; `pov.*` stands for all that start so. */
  names?: readonly string[];
  storyId?: string;
}

/** Events that have their position, in order. Those committed but not yet stamped come later. */
export const eventsAfter = (read: Reader, filter: EventFilter): Promise<EventRow[]> =>
  select(read, filter, sql`position > ${filter.after} and ${matching(filter)} order by position`);

/** The newest events below a position, newest first. */
export const eventsBefore = (
  read: Reader,
  filter: Omit<EventFilter, 'after'> & { before: number },
): Promise<EventRow[]> =>
  select(read, filter, sql`position < ${filter.before} and ${matching(filter)} order by position desc`);

const select = (read: Reader, { limit }: { limit: number }, where: Sql): Promise<EventRow[]> =>
  read.rows<EventRow>(sql`select position, name, at, actor, actor_name as "actorName", entity_id as "entityId",
    story_id as "storyId", summary, payload, concerns from outbox_event where ${where} limit ${limit}`);

function matching({ names, storyId }: Pick<EventFilter, 'names' | 'storyId'>): Sql {
  const where: Sql[] = [];
  if (names) where.push(sql`(name = any(${[...names]}::text[]) or name like any(${patterns(names)}::text[]))`);
  if (storyId) where.push(sql`story_id = ${storyId}::uuid`);
  return where.length ? allOf(where) : sql`true`;
}

const patterns = (names: readonly string[]): string[] =>
  names.filter(n => n.endsWith('.*')).map(n => `${n.slice(0, -1).replace(/[\\%_]/g, '\\$&')}%`);

/** The newest position that the tenant has. */
export const lastPosition = async (read: Reader): Promise<number> =>
  (
    await read.row<{ position: number | null }>(
      sql`select max(position) as position from outbox_event where position is not null`,
    )
  )?.position ?? 0;
