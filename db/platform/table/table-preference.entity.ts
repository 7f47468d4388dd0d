import { defineEntity, p } from '@mikro-orm/core';
import { densities, type Density, type TableSettings } from '../../../domain/platform/table/table-preference.ts';
import { oneOf, owned, tenantOwned } from '../columns.ts';

/** How one user arranged the table of one page (CRM-T12). */
const TablePreferenceSchema = defineEntity({
  name: 'TablePreference',
  tableName: 'table_preference',
  properties: {
    ...owned(),
    userId: p.uuid(),
    pageType: p.string().length(50),
    columnOrder: p.json<string[]>(),
    columnWidths: p.json<Record<string, number>>(),
    hiddenColumns: p.json<string[] | null>().nullable(),
    sortSettings: p.json<TableSettings['sortSettings']>().nullable(),
    filterSettings: p.json<Record<string, string> | null>().nullable(),
    pinnedColumns: p.integer().default(0),
    density: p.string().$type<Density>().length(10).default('default'),
    defaultViewId: p.uuid().$type<string | null>().nullable(),
  },
  indexes: [{ properties: ['userId'] }, { properties: ['defaultViewId'] }],
  uniques: [{ properties: ['tenantId', 'userId', 'pageType'] }],
  checks: [{ name: 'table_preference_density_check', expression: oneOf('density', densities) }],
  ...tenantOwned,
});
export class TablePreference extends TablePreferenceSchema.class {}
TablePreferenceSchema.setClass(TablePreference);
