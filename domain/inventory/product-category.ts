import { z } from 'zod';
import { line } from '../platform/field.ts';
import { record } from '../platform/record.ts';

/**
 * What products are sorted into (CRM-080). Products hold its key, the name that it had first; a new name shows wherever
 * it does, and either is understood. One that is not active is not offered any more, and stays where it is.
 */
export const productCategories = record({
  name: 'product-category',
  area: 'inventory',
  tableName: 'product_category',
  path: '/api/inventory/product-categories',
  title: 'name',
  shape: z.object({ key: z.string(), name: z.string(), active: z.boolean() }),
  shown: z.object({ productCount: z.int() }),
  create: z.object({
    name: line(255).meta({ title: 'Name' }),
    active: z.boolean().default(true).meta({ title: 'Active', description: 'Offered for products' }),
  }),
  fields: { key: 'text', name: 'text', active: 'boolean' },
  search: ['name'],
  defaultSort: 'name',
});
export type ProductCategory = z.output<typeof productCategories.View>;

type Named = Pick<ProductCategory, 'key' | 'name'>;
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The one that somebody means: by its name, else by its key. */
export const meantCategory = <C extends Named>(text: string, all: readonly C[]): C | undefined =>
  all.find(c => same(c.name, text)) ?? all.find(c => same(c.key, text));

/** Why a category cannot be called so beside the others: nobody could tell them apart. */
export function whyNotCategoryName(name: string, others: readonly Named[]): string | undefined {
  const other = meantCategory(name, others);
  if (!other) return undefined;
  return same(other.name, name) ? 'There is a category of this name'
    : `“${other.name}” was called so first, and products know it by that`;
}
