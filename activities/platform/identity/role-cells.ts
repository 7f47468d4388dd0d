import { RolePermission } from '../../../db/platform/identity/role-permission.entity.ts';
import type { Cell } from '../../../db/platform/identity/roles.query.ts';
import { permissions as grid } from '../../../domain/index.ts';
import { within } from '../../../domain/platform/identity/api-key.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../verb.ts';

/** Makes these the permissions of a role; cells that go are kept as deleted, so that syncPermissions leaves them so. */
export async function setCells(
  { em, actor, id, now }: VerbContext,
  role: string,
  wanted: readonly Cell[],
): Promise<void> {
  const unknown = wanted.flatMap((c, i) =>
    isPermission(c)
      ? []
      : [{ pointer: `/permissions/${i}`, code: 'unknown', message: `${c.subject}:${c.action} is no permission` }],
  );
  if (unknown.length) throw new Refusal('invalid', 'Validation failed', { fields: unknown });
  const known = await em.find(RolePermission, { role });
  const given = known.filter(c => !c.deletedAt);
  const had = given.map(({ subject, action, scope }) => ({ subject, action, scope }));
  const fresh = wanted.filter(c => !within([c], had));
  if (actor.kind === 'user' && !within(fresh, actor.permissions)) {
    throw new Refusal('forbidden', 'You cannot give a permission that you do not have');
  }
  for (const cell of given) if (!wanted.some(c => same(c, cell))) cell.deletedAt = new Date(now);
  for (const { subject, action, scope } of wanted) {
    const cell = known.find(c => same(c, { subject, action }));
    if (cell) Object.assign(cell, { scope, deletedAt: null });
    else em.create(RolePermission, { id: id(), role, subject, action, scope });
  }
}

const isPermission = ({ subject, action }: Place): boolean =>
  Object.hasOwn(grid, subject) && Object.hasOwn(grid[subject]!, action);

type Place = Pick<Cell, 'subject' | 'action'>;
const same = (a: Place, b: Place): boolean => a.subject === b.subject && a.action === b.action;
