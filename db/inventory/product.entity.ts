import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../domain/platform/field.ts';
import { owned, tenantOwned } from '../platform/columns.ts';

const text = (length: number) => p.string().length(length).nullable();
const reference = () => p.uuid().$type<string | null>().nullable();
const measure = () => p.float().columnType('double precision').nullable();
const list = () => p.array<string>().columnType('text[]').default([]);

/** INV-T1, with the indexes of INV-011 and CRM-065. A SKU is used once in a tenant: index in the migration. */
const ProductSchema = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    ...owned(),
    sku: p.string().length(100),
    name: p.string().length(255),
    productNameVendor: text(255),
    description: p.text().nullable(),
    category: text(255),
    brand: text(255),
    hasVariants: p.boolean().default(false),
    parentProductId: reference(),
    costPrice: p.bigint('number'),
    salePrice: p.bigint('number'),
    currency: p.string().length(3).default('USD'),
    taxRate: p.float().columnType('double precision').default(0),
    trackInventory: p.boolean().default(true),
    stockLevel: p.integer().default(0),
    reorderPoint: p.integer().default(0),
    reorderQuantity: p.integer().default(0),
    weight: measure(),
    length: measure(),
    width: measure(),
    height: measure(),
    barcode: text(100),
    supplierSku: text(100),
    imageUrls: list(),
    tags: list(),
    isActive: p.boolean().default(true),
    distributorAccountId: reference(),
    vendorAccountId: reference(),
    revenueType: text(100),
    commissionPercent: p.decimal().columnType('numeric(5,2)').nullable(),
    priceEachPercent: p.decimal().columnType('numeric(12,2)').nullable(),
    customFields: p.json<JsonObject>().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'name'] },
    { properties: ['tenantId', 'isActive'] },
    { properties: ['tenantId', 'category'] },
    { properties: ['tenantId', 'parentProductId'] },
    { properties: ['tenantId', 'distributorAccountId'] },
    { properties: ['tenantId', 'vendorAccountId'] },
    { properties: ['tenantId', 'barcode'] },
    { properties: ['tenantId', 'deletedAt'] },
  ],
  checks: [
    { name: 'product_price_check', expression: 'cost_price >= 0 and sale_price >= 0' },
    { name: 'product_commission_check', expression: 'commission_percent >= 0 and commission_percent <= 100' },
  ],
  ...tenantOwned,
});
export class Product extends ProductSchema.class {}
ProductSchema.setClass(Product);
