import type { ListQuery } from '../../domain/platform/list.ts';
import { progressOf, type Phase } from '../../domain/pov/phase.ts';
import { listRows, type ListAnswer } from '../platform/list.query.ts';
import type { Reader } from '../platform/reader.ts';
import { anywhere, columnsOf, selected, sql, type Sql } from '../platform/sql.ts';

type Row = Omit<Phase, 'progress'>;
const columns = columnsOf(
  'h',
  [
    'id',
    'tenantId',
    'povId',
    'name',
    'description',
    'type',
    'order',
    'startDate',
    'endDate',
    'status',
    'details',
    'templateId',
    'startedAt',
    'completedAt',
    'approvalInstanceId',
    'submittedAt',
    'returnedAt',
    'returnComment',
    'createdAt',
    'updatedAt',
    'version',
  ],
  { order: 'position' },
);

/** `inSequence` as SQL. */
export const sequence = sql`h.position, h.template_id is not null, h.created_at, h.id`;
export const phasesOf = (povId: Sql): Sql =>
  sql`select ${selected(columns)} from phase h where h.pov_id = ${povId} and h.deleted_at is null order by ${sequence}`;
export const asPhase = (row: Row): Phase => ({ ...row, progress: progressOf(row.details) });

export async function listPhases(read: Reader, povId: string, query: ListQuery): Promise<ListAnswer<Phase>> {
  const found = await listRows<Row>(
    read,
    {
      columns,
      from: sql`phase h`,
      where: [sql`h.pov_id = ${povId}`, sql`h.deleted_at is null`],
      key: sql`h.id`,
      defaultSort: 'sequence,createdAt',
      fields: {
        sequence: { sql: sql`(h.position * 2 + (h.template_id is not null)::int)`, kind: 'number' },
        order: { sql: sql`h.position`, kind: 'number' },
        name: { sql: sql`h.name`, kind: 'text' },
        status: { sql: sql`h.status`, kind: 'text' },
        type: { sql: sql`h.type`, kind: 'text' },
        createdAt: { sql: sql`h.created_at`, kind: 'instant' },
        startDate: { sql: sql`h.start_date`, kind: 'instant' },
        endDate: { sql: sql`h.end_date`, kind: 'instant' },
      },
      search: q => sql`h.name ilike ${anywhere(q)}`,
    },
    query,
  );
  return { ...found, items: found.items.map(asPhase) };
}

export async function readPhase(read: Reader, povId: string, phaseId: string): Promise<Phase | undefined> {
  const row = await read.row<Row>(
    sql`select ${selected(columns)} from phase h
      where h.id = ${phaseId} and h.pov_id = ${povId} and h.deleted_at is null`,
  );
  return row && asPhase(row);
}
