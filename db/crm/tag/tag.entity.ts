import { defineEntity, p } from '@mikro-orm/core';
import { tagColors, type TagColor } from '../../../domain/crm/tag/tag.ts';
import { oneOf, owned, tenantOwned } from '../../platform/columns.ts';

/** CRM-098. Names are unique in a tenant, whatever their case: an index in the migration. */
const TagSchema = defineEntity({
  name: 'Tag',
  tableName: 'tag',
  properties: {
    ...owned(),
    name: p.string().length(100),
    color: p.string().$type<TagColor>().length(20).default('gray'),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }],
  checks: [{ name: 'tag_color_check', expression: oneOf('color', tagColors) }],
  ...tenantOwned,
});
export class Tag extends TagSchema.class {}
TagSchema.setClass(Tag);
