import { scopeOf } from '../../domain/platform/permission.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { milestoneEndpoints } from '../../domain/pov/milestone.contract.ts';
import { phaseTemplateEndpoints } from '../../domain/pov/phase-template.contract.ts';
import { phaseEndpoints } from '../../domain/pov/phase.contract.ts';
import { povEndpoints } from '../../domain/pov/pov.contract.ts';
import { povKpiEndpoints } from '../../domain/pov/pov-kpi.contract.ts';
import { addressOf, type Deletable } from '../platform/deleted/deleted-records.query.ts';
import { sql, type Sql } from '../platform/sql.ts';
import { visiblePovs } from './pov-scope.query.ts';

/** Rows of a POV that the actor may bring back, with the POV as `alias`. */
function restorablePovs(actor: Actor, alias: string): Sql | null {
  const scope = scopeOf(actor.permissions, 'pov:restore');
  if (scope === null) return null;
  const owned = scope === 'all' ? sql`true` : sql`${sql.ref(`${alias}.owner_id`)} = ${actor.userId}::uuid`;
  return sql`${owned} and ${visiblePovs(actor, alias)}`;
}

const povTitle = sql`(select p.title from pov p where p.id = t.pov_id)`;
/** What went with its POV comes back with it, what went with its phase with that. */
const ofKeptPov = (actor: Actor): Sql | null => {
  const restorable = restorablePovs(actor, 'p');
  return restorable && sql`exists (select 1 from pov p
    where p.id = t.pov_id and p.deleted_at is null and ${restorable})`;
};

export const povDeletable: readonly Deletable[] = [
  {
    type: 'pov', table: 'pov', title: sql`t.title`,
    restore: addressOf(povEndpoints.restore.path, { id: sql`t.id` }),
    restorable: actor => restorablePovs(actor, 't'),
  },
  {
    type: 'phase', table: 'phase', title: sql`t.name`, partOf: povTitle,
    restore: addressOf(phaseEndpoints.restore.path, { id: sql`t.pov_id`, phaseId: sql`t.id` }),
    restorable: ofKeptPov,
  },
  {
    type: 'milestone', table: 'milestone', title: sql`t.name`, partOf: povTitle,
    restore: addressOf(milestoneEndpoints.restore.path, {
      ...{ id: sql`t.pov_id`, phaseId: sql`t.phase_id`, milestoneId: sql`t.id` },
    }),
    restorable: actor => {
      const kept = ofKeptPov(actor);
      return kept && sql`${kept} and exists (
        select 1 from phase h where h.id = t.phase_id and h.deleted_at is null)`;
    },
  },
  {
    type: 'kpi', table: 'pov_kpi', title: sql`t.name`, partOf: povTitle,
    restore: addressOf(povKpiEndpoints.restore.path, { id: sql`t.pov_id`, kpiId: sql`t.id` }),
    restorable: ofKeptPov,
  },
  {
    type: 'phase-template', table: 'phase_template', title: sql`t.name`,
    restore: addressOf(phaseTemplateEndpoints.restore.path, { id: sql`t.id` }),
    restorable: actor => (scopeOf(actor.permissions, 'phase-template:restore') === null ? null : sql`true`),
  },
];
