import type { SavedView } from '../../../domain/platform/table/saved-view.ts';
import type { TablePreference } from '../../../domain/platform/table/table-preference.ts';
import type { Reader } from '../reader.ts';
import { columnsOf, selected, sql } from '../sql.ts';

const preference = columnsOf('t', [
  'id', 'userId', 'pageType', 'columnOrder', 'columnWidths', 'hiddenColumns', 'sortSettings', 'filterSettings',
  'pinnedColumns', 'density', 'defaultViewId',
] satisfies (keyof TablePreference)[]);

/** The user's own, and nobody else's (CRM-108). */
export const tablePreferenceOf = (
  read: Reader, userId: string | null, pageType: string,
): Promise<TablePreference | undefined> =>
  read.row<TablePreference>(sql`select ${selected(preference)} from table_preference t
    where t.user_id = ${userId}::uuid and t.page_type = ${pageType} and t.deleted_at is null`);

/** What the user may see, by name: their own and what is shared. */
export const savedViewsOf = (
  read: Reader, userId: string | null, { pageType, id }: { pageType?: string | undefined; id?: string },
): Promise<SavedView[]> =>
  read.rows<SavedView>(sql`
    select v.id, v.page_type as "pageType", v.name, v.shared, v.settings, v.version,
      jsonb_build_object('id', u.id, 'name', u.full_name) as owner
    from saved_view v join app_user u on u.id = v.user_id
    where v.deleted_at is null and (v.shared or v.user_id = ${userId}::uuid)
      and (${pageType ?? null}::text is null or v.page_type = ${pageType ?? null}::text)
      and (${id ?? null}::uuid is null or v.id = ${id ?? null}::uuid)
    order by lower(v.name), v.id limit 500`);
