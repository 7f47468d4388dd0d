import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../platform/columns.ts';

/** CRM-080. Keys and names are each used once in a tenant, whatever their case: indexes in the migration. */
const ProductCategorySchema = defineEntity({
  name: 'ProductCategory',
  tableName: 'product_category',
  properties: {
    ...owned(),
    key: p.string().length(255),
    name: p.string().length(255),
    active: p.boolean().default(true),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }, { properties: ['tenantId', 'key'] }],
  ...tenantOwned,
});
export class ProductCategory extends ProductCategorySchema.class {}
ProductCategorySchema.setClass(ProductCategory);
