import { z } from 'zod';
import { optionalText, Percent } from '../crm/crm-fields.ts';
import { Cents } from '../crm/opportunity.ts';
import { JsonObject, line, Words } from '../platform/field.ts';
import { CustomFieldPeople } from '../platform/custom-field/custom-field.ts';
import { Id } from '../platform/id.ts';
import { record } from '../platform/record.ts';

const text = z.string().nullable();
/** Kilograms or centimetres (INV-009). */
const Measure = z.number('must be a number').min(0, 'must be at least 0').max(1e9, 'is too great');
const Pieces = z.int('must be a whole number').min(0, 'must be at least 0').max(1_000_000_000, 'is too great');
const Rate = z.union([z.string(), z.number()], 'must be a number').transform(String)
  .pipe(z.string().regex(/^\d{1,10}(\.\d{1,2})?$/, 'must be a number with at most two decimals'));

/** What is sold: kept in stock, owned by a principal, paid with a commission (INV-T1). */
export const products = record({
  name: 'product',
  area: 'inventory',
  tableName: 'product',
  path: '/api/inventory/products',
  title: 'name',
  shape: z.object({
    sku: z.string(), name: z.string(), productNameVendor: text, description: text, category: text, brand: text,
    hasVariants: z.boolean(), parentProductId: Id.nullable(),
    costPrice: z.int(), salePrice: z.int(), currency: z.string(), taxRate: z.number(),
    trackInventory: z.boolean(),
    stockLevel: z.int().meta({ description: 'The sum of its stock locations; not to be set' }),
    reorderPoint: z.int(), reorderQuantity: z.int(),
    weight: z.number().nullable(), length: z.number().nullable(), width: z.number().nullable(),
    height: z.number().nullable(), barcode: text, supplierSku: text,
    imageUrls: z.array(z.string()), tags: z.array(z.string()), isActive: z.boolean(),
    distributorAccountId: Id.nullable(), vendorAccountId: Id.nullable(), revenueType: text,
    commissionPercent: text, priceEachPercent: text, customFields: JsonObject.nullable(),
  }),
  shown: z.object({
    categoryName: text.meta({ description: 'What its category is called now' }),
    distributorName: text, vendorName: text, parentProductName: text, createdByName: text, updatedByName: text,
    customFieldPeople: CustomFieldPeople,
  }),
  create: z.object({
    sku: line(100).optional().meta({ title: 'SKU', description: 'Used once; made by the server when it is left out' }),
    name: line(255).meta({ title: 'Product name' }),
    productNameVendor: optionalText(255).meta({ title: 'Name at the vendor' }),
    description: optionalText(10_000).meta({ title: 'Description' }),
    category: optionalText(255).meta({
      title: 'Category', description: 'The name or the key of one; a word that is none yet becomes one',
    }),
    brand: optionalText(255).meta({ title: 'Brand' }),
    hasVariants: z.boolean().default(false).meta({ title: 'Has variants' }),
    parentProductId: Id.nullable().optional().meta({ title: 'Variant of' }),
    costPrice: Cents.meta({ title: 'Cost price', description: 'In cents' }),
    salePrice: Cents.meta({ title: 'Sale price', description: 'In cents' }),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of three letters').default('USD')
      .meta({ title: 'Currency' }),
    taxRate: z.number('must be a number').min(0, 'must be at least 0').max(100, 'must be at most 100').default(0)
      .meta({ title: 'Tax rate', description: 'In percent' }),
    trackInventory: z.boolean().default(true).meta({ title: 'Track stock' }),
    reorderPoint: Pieces.default(0).meta({ title: 'Reorder point' }),
    reorderQuantity: Pieces.default(0).meta({ title: 'Reorder quantity' }),
    weight: Measure.nullable().optional().meta({ title: 'Weight', description: 'In kg' }),
    length: Measure.nullable().optional().meta({ title: 'Length', description: 'In cm' }),
    width: Measure.nullable().optional().meta({ title: 'Width', description: 'In cm' }),
    height: Measure.nullable().optional().meta({ title: 'Height', description: 'In cm' }),
    barcode: optionalText(100).meta({ title: 'Barcode' }),
    supplierSku: optionalText(100).meta({ title: 'SKU at the supplier' }),
    imageUrls: z.array(z.url({ protocol: /^https?$/, error: 'must be web addresses' }).max(2000)).max(50).default([])
      .meta({ title: 'Images' }),
    tags: Words.default([]).meta({ title: 'Tags' }),
    isActive: z.boolean().default(true).meta({ title: 'Active' }),
    distributorAccountId: Id.nullable().optional().meta({ title: 'Distributor' }),
    vendorAccountId: Id.nullable().optional().meta({ title: 'Vendor', description: 'A principal' }),
    revenueType: optionalText(100).meta({ title: 'Revenue type' }),
    commissionPercent: Percent.nullable().optional().meta({ title: 'Commission', description: 'In percent' }),
    priceEachPercent: Rate.nullable().optional().meta({ title: 'Price each, percent' }),
    customFields: JsonObject.nullable().optional(),
  }),
  fields: {
    sku: 'text', name: 'text', productNameVendor: 'text', category: 'text', brand: 'text', hasVariants: 'boolean',
    parentProductId: 'uuid', costPrice: 'number', salePrice: 'number', currency: 'text', taxRate: 'number',
    trackInventory: 'boolean', stockLevel: 'number', reorderPoint: 'number', barcode: 'text', isActive: 'boolean',
    distributorAccountId: 'uuid', vendorAccountId: 'uuid', revenueType: 'text', commissionPercent: 'number',
  },
  search: ['name', 'sku', 'barcode', 'productNameVendor'],
});
export type Product = z.output<typeof products.View>;

/** `P-000042`: the running number of a product that came without a SKU. */
export const skuOf = (n: number): string => `P-${String(n).padStart(6, '0')}`;
