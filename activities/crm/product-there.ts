import { invalidField } from '../../domain/platform/errors.ts';
import type { VerbContext } from '../platform/verb.ts';

/** Refuses a product that is not there, or that nobody sells any more: by name of the field that was sent (INV-010). */
export async function productIsThere({ em }: VerbContext, field: string, id: string): Promise<void> {
  const [found] = await em.execute<{ active: boolean }[]>(
    'select is_active as active from product where id = ? and deleted_at is null for share', [id],
  );
  if (!found) throw invalidField(field, 'There is no such product');
  if (!found.active) throw invalidField(field, 'This product is no longer sold');
}
