import type { Actor } from '../../domain/platform/actor.ts';
import type { ListQuery } from '../../domain/platform/list.ts';
import { usageShown, type PhaseTemplate, type PhaseTemplateUsage } from '../../domain/pov/phase-template.ts';
import { listRows, type ListAnswer, type ListSource } from '../platform/list.query.ts';
import type { Reader } from '../platform/reader.ts';
import { deletedOrKept } from '../platform/record.query.ts';
import { anywhere, columnsOf, selected, sql, type Sql } from '../platform/sql.ts';
import { jsonList } from './columns.query.ts';

const columns = columnsOf('t', [
  'id',
  'name',
  'description',
  'type',
  'isDefault',
  'workflow',
  'createdAt',
  'updatedAt',
  'version',
]);
const made = sql`from phase h join pov p on p.id = h.pov_id
    where h.template_id = t.id and h.deleted_at is null and p.deleted_at is null`;
const withUsage: Record<string, Sql> = {
  ...columns,
  usageCount: sql`(select count(*) ${made})`,
  phases:
    jsonList(sql`select h.id, h.name, h.type, json_build_object('id', p.id, 'title', p.title, 'status', p.status) as pov
    ${made} order by h.created_at desc, p.id, h.position limit ${usageShown}`),
};
const source = (of: Pick<ListSource, 'columns' | 'defaultSort'>): ListSource => ({
  ...of,
  from: sql`phase_template t`,
  where: [sql`t.deleted_at is null`],
  key: sql`t.id`,
  fields: {
    name: { sql: sql`t.name`, kind: 'text' },
    isDefault: { sql: sql`t.is_default`, kind: 'boolean' },
    type: { sql: sql`t.type`, kind: 'text', nullable: true },
    createdAt: { sql: sql`t.created_at`, kind: 'instant' },
  },
  search: q => sql`(t.name ilike ${anywhere(q)} or t.description ilike ${anywhere(q)})`,
});

/** By name, each with the phases made from it (POV-067); or the deleted ones. */
export function listPhaseTemplates(
  read: Reader,
  actor: Actor,
  query: ListQuery,
): Promise<ListAnswer<PhaseTemplateUsage>> {
  const { gone, filter } = deletedOrKept(actor, 'phase-template', query);
  const of = source({ columns: withUsage, defaultSort: 'name' });
  const where = gone ? [sql`t.deleted_at is not null`] : of.where;
  return listRows<PhaseTemplateUsage>(read, { ...of, where }, { ...query, filter });
}

/** The default first, to choose from. */
export const choosePhaseTemplates = (read: Reader, query: ListQuery): Promise<ListAnswer<PhaseTemplate>> =>
  listRows<PhaseTemplate>(read, source({ columns, defaultSort: '-isDefault,name' }), query);

export const readPhaseTemplate = (read: Reader, id: string): Promise<PhaseTemplateUsage | undefined> =>
  read.row<PhaseTemplateUsage>(
    sql`select ${selected(withUsage)} from phase_template t where t.id = ${id} and t.deleted_at is null`,
  );
