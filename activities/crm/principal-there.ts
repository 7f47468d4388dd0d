import { invalidField } from '../../domain/platform/errors.ts';
import type { VerbContext } from '../platform/verb.ts';
import { accountIsThere } from './account-there.ts';

/** Refuses an account that is not there or no principal (CRM-057): by name of the field that was sent. */
export async function principalIsThere(ctx: VerbContext, field: string, id: string): Promise<void> {
  await accountIsThere(ctx, field, id);
  const [account] = await ctx.em.execute<{ principal: boolean }[]>(
    'select is_principal as principal from account where id = ?', [id],
  );
  if (!account?.principal) throw invalidField(field, 'This account is no principal', 'no-principal');
}
