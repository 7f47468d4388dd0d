import { ofAccount } from '../../domain/crm/account.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { whereItBelongs } from '../platform/record/record-reach.ts';
import type { VerbContext } from '../platform/verb.ts';

/** Refuses an account that the actor may not read, or that is deleted: by name of the field that was sent. */
export async function accountIsThere(ctx: VerbContext, field: string, id: string): Promise<void> {
  const { parentSeen, parentGone } = await whereItBelongs(ctx, { belongsTo: { ...ofAccount, field } }, id, { [field]: id });
  if (!parentSeen || parentGone) throw invalidField(field, 'There is no such account');
}
