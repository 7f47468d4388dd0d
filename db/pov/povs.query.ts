import type { Actor } from '../../domain/platform/actor.ts';
import type { PovListItem, PovListQuery } from '../../domain/pov/pov.contract.ts';
import { povStatuses, type PovStatus } from '../../domain/pov/pov-status.ts';
import { startOfDay } from '../platform/table/day-condition.ts';
import { conditionsOf, listOf, listRows, type ListAnswer, type ListField, type ListSource } from '../platform/list.query.ts';
import type { Reader } from '../platform/reader.ts';
import { deletedOrKept } from '../platform/record.query.ts';
import { foundIn } from '../platform/schema/search-function.ts';
import { allOf, columnsOf, sql, type Sql } from '../platform/sql.ts';
import { waitingForOf } from '../platform/waiting-for.ts';
import { jsonList, jsonRow } from './columns.query.ts';
import { opportunityIdField, opportunityIdSaid, opportunityNameFor } from './pov-links.query.ts';
import { byMember, visiblePovs } from './pov-scope.query.ts';

const columns: Record<string, Sql> = {
  ...columnsOf('p', [
    'id',
    'title',
    'status',
    'startDate',
    'endDate',
    'ownerId',
    'teamId',
    'customerName',
    'accountId',
    'revenue',
    'estimatedBudget',
    'competitors',
    'tags',
    'statusSince',
    'createdAt',
    'updatedAt',
    'version',
  ]),
  opportunityId: opportunityIdSaid,
  createdDate: sql`p.created_at`,
  ownerName: sql`o.full_name`,
  members:
    jsonList(sql`select m.user_id as "userId", u.full_name as name, m.role
    from team_member m join app_user u on u.id = m.user_id
    where m.pov_id = p.id and m.deleted_at is null order by m.created_at, m.id`),
  currentPhase:
    jsonRow(sql`select h.id, h.name, h.status,
      to_char(h.end_date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endDate"
    from phase h where h.pov_id = p.id and h.deleted_at is null and h.status <> 'COMPLETED'
    order by h.position, h.template_id is not null, h.created_at, h.id`),
  phasesDone: sql`(select count(*) from phase h
    where h.pov_id = p.id and h.deleted_at is null and h.status = 'COMPLETED')`,
  phasesTotal: sql`(select count(*) from phase h where h.pov_id = p.id and h.deleted_at is null)`,
  waitingFor: waitingForOf('pr'),
};

const text = (column: Sql, nullable = true): ListField => ({ sql: column, kind: 'text', nullable });
const instant = (column: Sql): ListField => ({ sql: column, kind: 'instant' });
const fields: Record<string, ListField> = {
  id: { sql: sql`p.id`, kind: 'uuid' },
  title: text(sql`p.title`, false),
  status: text(sql`p.status`, false),
  customerName: text(sql`p.customer_name`),
  partnerName: text(sql`p.partner_name`),
  ownerName: text(sql`o.full_name`, false),
  ownerId: { sql: sql`p.owner_id`, kind: 'uuid' },
  teamId: { sql: sql`p.team_id`, kind: 'uuid', nullable: true },
  accountId: { sql: sql`p.account_id`, kind: 'uuid', nullable: true },
  opportunityId: opportunityIdField,
  startDate: instant(sql`p.start_date`),
  endDate: instant(sql`p.end_date`),
  statusSince: instant(sql`p.status_since`),
  createdAt: instant(sql`p.created_at`),
  updatedAt: instant(sql`p.updated_at`),
  revenue: { sql: sql`p.revenue`, kind: 'number', nullable: true },
  estimatedBudget: { sql: sql`p.estimated_budget`, kind: 'number', nullable: true },
  waitsForPerson: { sql: sql`coalesce((pr.waiting_for->>'person')::boolean, false)`, kind: 'boolean' },
};

const byTag = (tags: string[]): Sql => sql`p.tags && ${tags}::text[]`;
const byTeam = (ids: string[]): Sql => sql`p.team_id::text = any(${ids}::text[])`;

const source = (actor: Actor, where: Sql[]): ListSource => ({
  columns: { ...columns, opportunityName: opportunityNameFor(actor) },
  where,
  fields: { ...fields, opportunityName: text(opportunityNameFor(actor)) },
  key: sql`p.id`,
  defaultSort: '-updatedAt',
  from: sql`pov p join app_user o on o.id = p.owner_id
    left join process pr on pr.entity_id = p.id and pr.type = 'povLifecycle'`,
  countFrom: sql`pov p`,
  filters: {
    tag: byTag,
    tags: byTag,
    team: byTeam,
    member: byMember,
    owner: ids => sql`p.owner_id::text = any(${ids}::text[])`,
  },
  search: q => foundIn('pov', sql`p.id`, q),
});

function conditions(actor: Actor, query: PovListQuery, gone: boolean): Sql[] {
  const { status, ownerId, team, member, tag, from, to } = query;
  return [
    gone ? sql`p.deleted_at is not null` : sql`p.deleted_at is null`,
    visiblePovs(actor),
    ...(status ? [sql`p.status = any(${status.split(',')}::text[])`] : []),
    ...(ownerId ? [sql`p.owner_id = ${ownerId}::uuid`] : []),
    ...(team ? [byTeam([team])] : []),
    ...(member ? [byMember([member])] : []),
    ...(tag ? [byTag([tag])] : []),
    ...(from ? [sql`p.end_date >= ${startOfDay(from)}`] : []),
    ...(to ? [sql`p.start_date < ${startOfDay(to, 1)}`] : []),
  ];
}

const totalSeconds = 30;

/** POVs that the actor may see (POV-016), or the deleted ones. */
export function listPovs(read: Reader, actor: Actor, query: PovListQuery): Promise<ListAnswer<PovListItem>> {
  const { gone, filter } = deletedOrKept(actor, 'pov', query);
  const list = source(actor, conditions(actor, query, gone));
  // What processes wait for changes without an event.
  if (!query.where && !filter.waitsForPerson) list.totalSeconds = totalSeconds;
  return listRows<PovListItem>(read, list, { ...query, filter });
}

/** Refuses what the list could not be asked, before somebody asks. */
export function provePovList(actor: Actor, query: PovListQuery): void {
  const { gone, filter } = deletedOrKept(actor, 'pov', query);
  listOf(source(actor, conditions(actor, query, gone)), { ...query, filter });
}

/** The ids of all that the actor may see and that fit, oldest first, as a select of at most so many. */
export function matchingPovs(actor: Actor, query: PovListQuery, max: number): Sql {
  const { gone, filter } = deletedOrKept(actor, 'pov', query);
  const list = source(actor, conditions(actor, query, gone));
  const { where } = conditionsOf(list, { ...query, filter });
  return sql`select p.id from ${list.from} where ${allOf(where)} order by p.id limit ${sql.lit(max)}`;
}

const cardsMax = 50;
export interface BoardColumn {
  status: PovStatus;
  total: number;
  items: PovListItem[];
}

/** A column for each status, the cards that changed last on top; all of them in one round trip. */
export async function povBoard(read: Reader, actor: Actor, query: PovListQuery): Promise<BoardColumn[]> {
  const { gone, filter } = deletedOrKept(actor, 'pov', query);
  const wanted = query.status?.split(',');
  const lists = povStatuses
    .filter(status => !wanted || wanted.includes(status))
    .map(status => {
      const where = conditions(actor, { ...query, status }, gone);
      const page = { ...query, filter, page: 1, pageSize: cardsMax, cursor: undefined, limit: undefined };
      return { status, ...listOf<PovListItem>(source(actor, where), page) };
    });
  const rows = await read.each<unknown>(lists.flatMap(list => list.queries));
  return lists.map(({ status, queries, answer }) => {
    const { items, total = 0 } = answer(rows.splice(0, queries.length));
    return { status, total, items };
  });
}

/** How many POVs stand in each status, of those that the actor may see. */
export async function povFigures(read: Reader, actor: Actor): Promise<Record<PovStatus, number>> {
  const rows = await read.rows<{ status: PovStatus; count: number }>(sql`
    select p.status, count(*)::int as count from pov p
    where p.deleted_at is null and ${visiblePovs(actor)} group by p.status`);
  const counted = new Map(rows.map(row => [row.status, row.count]));
  return Object.fromEntries(povStatuses.map(s => [s, counted.get(s) ?? 0])) as Record<PovStatus, number>;
}
