import { defineEntity, p } from '@mikro-orm/core';
import { warehouseTypes, type WarehouseType } from '../../domain/inventory/warehouse.ts';
import type { JsonObject } from '../../domain/platform/field.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

const text = (length: number) => p.string().length(length).nullable();

/** INV-T2, with the indexes of INV-017. A code is used once in a tenant: index in the migration. */
const WarehouseSchema = defineEntity({
  name: 'Warehouse',
  tableName: 'warehouse',
  properties: {
    ...owned(),
    name: p.string().length(255),
    code: p.string().length(50),
    type: p.string().$type<WarehouseType>().length(30).default('warehouse'),
    addressLine1: p.string().length(255),
    addressLine2: text(255),
    city: p.string().length(100),
    state: text(100),
    postalCode: p.string().length(20),
    country: p.string().length(100),
    phone: text(50),
    email: text(255),
    managerId: p.uuid().$type<string | null>().nullable(),
    isActive: p.boolean().default(true),
    customFields: p.json<JsonObject>().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'isActive'] },
    { properties: ['tenantId', 'managerId'] },
    { properties: ['tenantId', 'deletedAt'] },
  ],
  checks: [{ name: 'warehouse_type_check', expression: oneOf('type', warehouseTypes) }],
  ...tenantOwned,
});
export class Warehouse extends WarehouseSchema.class {}
WarehouseSchema.setClass(Warehouse);
