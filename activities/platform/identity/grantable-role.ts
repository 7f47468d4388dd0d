import { cellsOfRole, type Cell } from '../../../db/platform/identity/roles.query.ts';
import { within } from '../../../domain/platform/identity/api-key.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../verb.ts';

/**
 * Refuses a role that is unknown, or that may do what the caller may not: nobody hands out more than they have. A key
 * is narrowed to its user, so `actionsWithin` is enough for it.
 */
export async function assertGrantable(
  ctx: Pick<VerbContext, 'em' | 'actor'>,
  role: string,
  compare: typeof within = within,
): Promise<Cell[]> {
  const cells = await cellsOfRole(ctx.em, role);
  if (!cells) throw invalidField('role', `Unknown role "${role}"`);
  const { kind, permissions } = ctx.actor;
  if (kind === 'user' && role !== ctx.actor.role && !compare(cells, permissions)) {
    throw new Refusal('forbidden', `The role ${role} may do more than you`);
  }
  return cells;
}
