import { z } from 'zod';
import { catalogOf } from '../crm/catalog-of.ts';
import { MailAddress, optionalText } from '../crm/crm-fields.ts';
import { JsonObject, line } from '../platform/field.ts';
import { Id } from '../platform/id.ts';
import { record } from '../platform/record.ts';

const text = z.string().nullable();
export const warehouseTypes = ['warehouse', 'store', 'distribution_center'] as const;
export type WarehouseType = (typeof warehouseTypes)[number];

/** A place where stock is kept (INV-T2); one that is not active is not offered for new transactions (INV-017). */
export const warehouses = record({
  name: 'warehouse',
  area: 'inventory',
  tableName: 'warehouse',
  path: '/api/inventory/warehouses',
  title: 'name',
  shape: z.object({
    name: z.string(), code: z.string(), type: z.enum(warehouseTypes),
    addressLine1: z.string(), addressLine2: text, city: z.string(), state: text, postalCode: z.string(),
    country: z.string(), phone: text, email: text, managerId: Id.nullable(), isActive: z.boolean(),
    customFields: JsonObject.nullable(),
  }),
  shown: z.object({ managerName: text, createdByName: text, updatedByName: text }),
  create: z.object({
    name: line(255).meta({ title: 'Name' }),
    code: line(50).meta({ title: 'Code', description: 'Used once, such as WH-NYC' }),
    type: z.enum(warehouseTypes).default('warehouse').meta({ title: 'Type' }),
    addressLine1: line(255).meta({ title: 'Street and number' }),
    addressLine2: optionalText(255).meta({ title: 'Address line 2' }),
    city: line(100).meta({ title: 'City' }),
    state: optionalText(100).meta({ title: 'State' }),
    postalCode: line(20).meta({ title: 'Postal code' }),
    country: line(100).meta({ title: 'Country' }),
    phone: optionalText(50).meta({ title: 'Phone' }),
    email: MailAddress.nullable().optional().meta({ title: 'E-mail' }),
    managerId: Id.nullable().optional().meta({ title: 'Manager' }),
    isActive: z.boolean().default(true).meta({ title: 'Active' }),
    customFields: JsonObject.nullable().optional(),
  }),
  fields: {
    name: 'text', code: 'text', type: 'text', city: 'text', state: 'text', postalCode: 'text', country: 'text',
    managerId: 'uuid', isActive: 'boolean',
  },
  search: ['name', 'code', 'city'],
  unique: 'code',
  people: ['managerId'],
  defaultSort: 'code',
});
export type Warehouse = z.output<typeof warehouses.View>;

export const warehouseCatalog = catalogOf(warehouses, {
  module: 'warehouses',
  number: '11',
  kinds: { managerId: 'user', email: 'mail', phone: 'phone' },
  list: ['name', 'code', 'type', 'city', 'country', 'managerName', 'isActive'],
  sections: {
    Warehouse: ['name', 'code', 'type', 'isActive', 'managerId', 'phone', 'email'],
    Address: ['addressLine1', 'addressLine2', 'postalCode', 'city', 'state', 'country'],
  },
});
