import { fieldCatalog, type FieldWords } from '../crm/field-catalog.ts';
import { products } from './product.ts';

const atMost = (max: number): string => `at most ${max} characters`;
const cents = 'an amount, at least 0';

/** What each field of a product is called, and how it is typed. */
export const productWords = {
  sku: { label: 'SKU', kind: 'text', rule: 'used once; made by the server when it is left out' },
  name: { label: 'Product name', kind: 'text', rule: atMost(255) },
  productNameVendor: { label: 'Name at the vendor', kind: 'text', rule: atMost(255) },
  description: { label: 'Description', kind: 'prose', rule: atMost(10_000) },
  category: { label: 'Category', kind: 'category', rule: 'one of the product categories' },
  categoryName: { label: 'Category', kind: 'text' },
  brand: { label: 'Brand', kind: 'text', rule: atMost(255) },
  hasVariants: { label: 'Has variants', kind: 'boolean' },
  parentProductId: { label: 'Variant of', kind: 'product', rule: 'a product that has variants' },
  costPrice: { label: 'Cost price', kind: 'cents', rule: cents },
  salePrice: { label: 'Sale price', kind: 'cents', rule: cents },
  currency: { label: 'Currency', kind: 'text', rule: 'three letters, as USD' },
  taxRate: { label: 'Tax rate', kind: 'percent', rule: '0 to 100' },
  trackInventory: { label: 'Track stock', kind: 'boolean' },
  stockLevel: { label: 'Stock', kind: 'number', rule: 'the sum of its stock locations' },
  reorderPoint: { label: 'Reorder point', kind: 'number' },
  reorderQuantity: { label: 'Reorder quantity', kind: 'number' },
  weight: { label: 'Weight, kg', kind: 'number' },
  length: { label: 'Length, cm', kind: 'number' },
  width: { label: 'Width, cm', kind: 'number' },
  height: { label: 'Height, cm', kind: 'number' },
  barcode: { label: 'Barcode', kind: 'text', rule: atMost(100) },
  supplierSku: { label: 'SKU at the supplier', kind: 'text', rule: atMost(100) },
  imageUrls: { label: 'Images', kind: 'words', rule: 'web addresses' },
  tags: { label: 'Tags', kind: 'words' },
  isActive: { label: 'Active', kind: 'boolean' },
  distributorAccountId: { label: 'Distributor', kind: 'distributor' },
  distributorName: { label: 'Distributor', kind: 'text' },
  vendorAccountId: { label: 'Vendor', kind: 'principal', rule: 'an account that is flagged as principal' },
  vendorName: { label: 'Vendor', kind: 'text' },
  revenueType: { label: 'Revenue type', kind: 'text', rule: atMost(100) },
  commissionPercent: { label: 'Commission', kind: 'percent', rule: '0 to 100, at most two decimals' },
  priceEachPercent: { label: 'Price each, percent', kind: 'percent' },
  createdAt: { label: 'Created', kind: 'instant' },
  updatedAt: { label: 'Changed', kind: 'instant' },
  createdBy: { label: 'Created by', kind: 'user' },
  updatedBy: { label: 'Changed by', kind: 'user' },
  version: { label: 'Version', kind: 'number' },
} as const satisfies Record<string, FieldWords>;

/** The fields of products: their list, form and page. */
export const productCatalog = fieldCatalog<keyof typeof productWords>({
  module: 'products',
  number: '04',
  words: productWords,
  required: ['name', 'costPrice', 'salePrice'],
  filters: new Set([
    ...Object.keys(products.fields), 'categoryName', 'vendorName', 'distributorName', 'createdAt', 'updatedAt',
  ]),
  views: [
    {
      view: 'list', section: 'Products',
      fields: [
        'name', 'sku', 'vendorName', 'distributorName', 'salePrice', 'commissionPercent', 'categoryName', 'stockLevel',
        'isActive',
      ],
    },
    {
      view: 'create', section: 'New product',
      fields: [
        'name', 'sku', 'costPrice', 'salePrice', 'currency', 'vendorAccountId', 'distributorAccountId',
        'commissionPercent', 'category', 'brand', 'trackInventory', 'description',
      ],
    },
    {
      view: 'detail', section: 'Product',
      fields: [
        'name', 'sku', 'productNameVendor', 'category', 'brand', 'barcode', 'supplierSku', 'hasVariants',
        'parentProductId', 'isActive', 'tags', 'imageUrls', 'description',
      ],
    },
    {
      view: 'detail', section: 'Prices',
      fields: ['salePrice', 'costPrice', 'currency', 'taxRate', 'commissionPercent', 'priceEachPercent', 'revenueType'],
    },
    { view: 'detail', section: 'Sold by', fields: ['vendorAccountId', 'distributorAccountId'] },
    {
      view: 'detail', section: 'Stock and size',
      fields: [
        'trackInventory', 'stockLevel', 'reorderPoint', 'reorderQuantity', 'weight', 'length', 'width', 'height',
      ],
    },
    { view: 'detail', section: 'System', fields: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'] },
  ],
});
