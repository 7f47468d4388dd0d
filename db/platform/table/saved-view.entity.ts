import { defineEntity, p } from '@mikro-orm/core';
import type { TableSettings } from '../../../domain/platform/table/table-preference.ts';
import { owned, tenantOwned } from '../columns.ts';

/** A list that somebody keeps under a name. */
const SavedViewSchema = defineEntity({
  name: 'SavedView',
  tableName: 'saved_view',
  properties: {
    ...owned(),
    userId: p.uuid(),
    pageType: p.string().length(50),
    name: p.string().length(100),
    shared: p.boolean().default(false),
    settings: p.json<TableSettings>(),
  },
  indexes: [{ properties: ['userId'] }, { properties: ['tenantId', 'pageType'] }],
  ...tenantOwned,
});
export class SavedView extends SavedViewSchema.class {}
SavedViewSchema.setClass(SavedView);
