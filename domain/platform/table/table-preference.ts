import { z } from 'zod';
import { Id } from '../id.ts';

/** The list pages whose table people arrange for themselves. */
export const tablePages = [
  'accounts', 'contacts', 'opportunities', 'products', 'revenue-schedules', 'tickets', 'activities', 'tasks', 'reports',
  'groups', 'reconciliation', 'invoices', 'inventory', 'povs', 'processes', 'users', 'roles', 'api-keys', 'audit',
  'phase-templates', 'jobs', 'partners', 'warehouses', 'account-types', 'stages', 'fields', 'tags', 'email-templates',
  'scoring-rules', 'product-categories', 'deleted', 'interactions',
] as const;
export type TablePage = (typeof tablePages)[number];
export const isTablePage = (name: string): name is TablePage => (tablePages as readonly string[]).includes(name);

/** In pixels (CRM-104). */
export const widthMin = 80,
  widthMax = 400;
export const pinnedMax = 3;
export const densities = ['dense', 'default', 'roomy'] as const;
export type Density = (typeof densities)[number];

const columnsMax = 200;
const Key = z.string().min(1).max(100).regex(/^\w[\w.-]*$/, 'must be the name of a column');
const keys = z
  .array(Key)
  .max(columnsMax, `must have at most ${columnsMax} columns`)
  .transform(all => [...new Set(all)]);
const few = <Value extends z.ZodType>(values: z.ZodRecord<typeof Key, Value>, max: number) =>
  values.refine(all => Object.keys(all).length <= max, `must have at most ${max} entries`);

export const SortSetting = z.strictObject({ field: Key, descending: z.boolean() });

/** How somebody arranged the table of a page (CRM-T12); columns that the page does not know are ignored by it. */
export const TableSettings = z.strictObject({
  columnOrder: keys.default([]).meta({ example: ['accountName', 'owner'] }),
  columnWidths: few(z.record(Key, z.int().min(widthMin).max(widthMax)), columnsMax)
    .default({})
    .meta({ description: `Pixels, ${widthMin} to ${widthMax}`, example: { accountName: 240 } }),
  hiddenColumns: keys.nullable().default(null),
  sortSettings: z.array(SortSetting).max(5).nullable().default(null),
  filterSettings: few(z.record(Key, z.string().max(4_000)), 40)
    .nullable()
    .default(null)
    .meta({ description: 'Parameters of the address of the list', example: { industry: 'Food' } }),
  pinnedColumns: z.int().min(0).max(pinnedMax).default(0).meta({ description: 'So many first ones stay in sight' }),
  density: z.enum(densities).default('default'),
});
export type TableSettings = z.output<typeof TableSettings>;
export const SaveTablePreference = TableSettings.extend({
  defaultViewId: Id.nullable().optional().meta({ description: 'The saved view that the page opens with' }),
}).meta({ id: 'SaveTablePreference' });

export const TablePreference = z
  .object({ ...TableSettings.shape, id: Id, userId: Id, pageType: z.string(), defaultViewId: Id.nullable() })
  .meta({ id: 'TablePreference' });
export type TablePreference = z.output<typeof TablePreference>;

export const noSettings: TableSettings = {
  columnOrder: [], columnWidths: {}, hiddenColumns: null, sortSettings: null, filterSettings: null, pinnedColumns: 0,
  density: 'default',
};
