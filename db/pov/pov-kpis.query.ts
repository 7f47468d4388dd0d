import type { ListQuery } from '../../domain/platform/list.ts';
import { reachesTarget, type PovKpi } from '../../domain/pov/pov-kpi.ts';
import { listRows, type ListAnswer } from '../platform/list.query.ts';
import type { Reader } from '../platform/reader.ts';
import { anywhere, columnsOf, selected, sql, type Sql } from '../platform/sql.ts';

type Row = Omit<PovKpi, 'met'>;
const columns = columnsOf('k', [
  'id',
  'povId',
  'templateId',
  'name',
  'target',
  'current',
  'weight',
  'history',
  'createdAt',
  'updatedAt',
  'version',
]);

export const kpisOf = (povId: Sql): Sql =>
  sql`select ${selected(columns)} from pov_kpi k
    where k.pov_id = ${povId} and k.deleted_at is null order by k.created_at, k.id`;
/** A history that is no list is read as an empty one (POV-081). */
export const asKpi = (row: Row): PovKpi => ({
  ...row,
  history: Array.isArray(row.history) ? row.history : [],
  met: reachesTarget(row),
});

export async function listPovKpis(read: Reader, povId: string, query: ListQuery): Promise<ListAnswer<PovKpi>> {
  const found = await listRows<Row>(
    read,
    {
      columns,
      from: sql`pov_kpi k`,
      where: [sql`k.pov_id = ${povId}`, sql`k.deleted_at is null`],
      key: sql`k.id`,
      defaultSort: 'createdAt',
      fields: { createdAt: { sql: sql`k.created_at`, kind: 'instant' }, name: { sql: sql`k.name`, kind: 'text' } },
      search: q => sql`k.name ilike ${anywhere(q)}`,
    },
    query,
  );
  return { ...found, items: found.items.map(asKpi) };
}

export async function readPovKpi(read: Reader, povId: string, kpiId: string): Promise<PovKpi | undefined> {
  const row = await read.row<Row>(
    sql`select ${selected(columns)} from pov_kpi k
      where k.id = ${kpiId} and k.pov_id = ${povId} and k.deleted_at is null`,
  );
  return row && asKpi(row);
}
