import { Product } from '../../db/inventory/product.entity.ts';
import { ProductCategory } from '../../db/inventory/product-category.entity.ts';
import { meantCategory, productCategories, whyNotCategoryName } from '../../domain/inventory/product-category.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';

export const productCategoryVerbs = recordVerbs(productCategories, ProductCategory, {
  complete: async (ctx, sent, before) => {
    const name = sent['name'] as string | undefined;
    if (name === undefined || name === before?.name) return sent;
    const whyNot = whyNotCategoryName(name, await othersOf(ctx, before?.id));
    if (whyNot) throw invalidField('name', whyNot, 'taken');
    return before ? sent : { ...sent, key: name };
  },
  whyNot: async (action, row, ctx) => {
    if (action === 'restore') {
      const others = await othersOf(ctx, row.id);
      return whyNotCategoryName(row.name, others) ?? whyNotCategoryName(row.key, others);
    }
    // Deleted ones too: they come back with their category.
    const used = action === 'delete' ? await ctx.em.count(Product, { category: row.key }) : 0;
    const products = used === 1 ? 'product' : 'products';
    return used ? `${row.name} is the category of ${used} ${products}, deleted ones counted` : undefined;
  },
});

/** Changes of names wait for each other: two could take one name. */
async function othersOf({ em, tenantId }: VerbContext, id: string | undefined): Promise<ProductCategory[]> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('product-categories ' || ?, 0))`, [tenantId]);
  return em.find(ProductCategory, { deletedAt: null, ...(id ? { id: { $ne: id } } : {}) });
}

/** The key of what somebody calls a category; a word that is none yet becomes one, for whoever may add them. */
export async function categoryKey(ctx: VerbContext, text: string): Promise<string> {
  const found = meantCategory(text, await ctx.em.find(ProductCategory, { deletedAt: null }))
    ?? meantCategory(text, await othersOf(ctx, undefined));
  if (found && !found.active) throw invalidField('category', `${found.name} is not in use any more`, 'retired');
  if (found) return found.key;
  return (await ctx.run(productCategoryVerbs.create, { name: text }))['key'] as string;
}
