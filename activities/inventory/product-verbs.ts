import { Product } from '../../db/inventory/product.entity.ts';
import { products, skuOf } from '../../domain/inventory/product.ts';
import { invalidField, Refusal } from '../../domain/platform/errors.ts';
import { accountIsThere } from '../crm/account-there.ts';
import { principalIsThere } from '../crm/principal-there.ts';
import { categoryKey } from './product-category-verbs.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';

type Fields = Record<string, unknown>;

export const productVerbs = recordVerbs(products, Product, {
  complete: async (ctx, given, before) => {
    const sent = { ...given };
    const changed = (field: 'sku' | 'category' | 'vendorAccountId' | 'distributorAccountId'): string | undefined => {
      const value = sent[field];
      return typeof value === 'string' && value !== before?.[field] ? value : undefined;
    };
    const sku = changed('sku');
    if (sku) await proveSku(ctx, sku, before?.id);
    const vendor = changed('vendorAccountId');
    if (vendor) await principalIsThere(ctx, 'vendorAccountId', vendor);
    const distributor = changed('distributorAccountId');
    if (distributor) await accountIsThere(ctx, 'distributorAccountId', distributor);
    const category = changed('category');
    if (category) sent['category'] = await categoryKey(ctx, category);
    await proveVariant(ctx, sent, before);
    return before || sent['sku'] ? sent : { ...sent, sku: await nextSku(ctx) };
  },
});

async function proveSku({ em }: VerbContext, sku: string, id: string | undefined): Promise<void> {
  const others = id ? { id: { $ne: id } } : {};
  if (await em.count(Product, { sku, deletedAt: null, ...others }))
    throw new Refusal('conflict', `There is a product with the SKU ${sku}`);
}

/** A parent has variants, and is none itself (INV-005). */
async function proveVariant({ em }: VerbContext, sent: Fields, before: Product | null): Promise<void> {
  const parentId = sent['parentProductId'];
  if (typeof parentId !== 'string' || parentId === before?.parentProductId) return;
  if (parentId === before?.id) throw invalidField('parentProductId', 'A product is no variant of itself');
  const parent = await em.findOne(Product, { id: parentId, deletedAt: null });
  if (!parent) throw invalidField('parentProductId', 'There is no such product');
  if (!parent.hasVariants) throw invalidField('parentProductId', `${parent.name} has no variants`);
  if (parent.parentProductId) throw invalidField('parentProductId', `${parent.name} is a variant itself`);
  if (before && (await em.count(Product, { parentProductId: before.id, deletedAt: null })))
    throw invalidField('parentProductId', 'This product has variants itself');
}

/** The next running number; two new products at once wait for each other. */
async function nextSku({ em, tenantId }: VerbContext): Promise<string> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('product-sku ' || ?, 0))`, [tenantId]);
  const [{ last } = { last: 0 }] = await em.execute<{ last: number }[]>(
    `select coalesce(max(substring(sku from '^P-([0-9]{6,12})$')::bigint), 0)::float8 as last from product`,
  );
  return skuOf(last + 1);
}
