import Flag from '@lucide/svelte/icons/flag';
import Milestone from '@lucide/svelte/icons/milestone';
import Play from '@lucide/svelte/icons/play';
import Rocket from '@lucide/svelte/icons/rocket';
import Send from '@lucide/svelte/icons/send';
import Trophy from '@lucide/svelte/icons/trophy';
import type { MilestoneOfPov } from '#domain/pov/milestone.ts';
import { whyNotPov, type PovAction, type PovUser } from '#domain/pov/pov-access.ts';
import type { PovListItem } from '#domain/pov/pov.contract.ts';
import type { Todo } from '#lib/platform/home/todo.ts';
import type { Icon } from '#lib/ui/icon.ts';

interface Move {
  does: PovAction;
  icon: Icon;
  title: string;
  action: string;
  ownerOnly?: boolean;
}

/** What ends the wait of a POV; null while it waits for approvers or for a date. */
function moveOf(pov: PovListItem): Move | null {
  if (!pov.waitingFor?.person || / to approve /.test(pov.waitingFor.sentence)) return null;
  const phase = pov.currentPhase?.name;
  switch (pov.status) {
    case 'PROJECTED':
      return { does: 'launch', icon: Rocket, title: 'Complete the launch', action: 'Launch' };
    case 'STALLED':
      return { does: 'transition', icon: Play, title: 'Resume or give up', action: 'Decide', ownerOnly: true };
    case 'VALIDATION':
      return { does: 'transition', icon: Trophy, title: 'Record the outcome', action: 'Decide', ownerOnly: true };
    case 'IN_PROGRESS':
      return phase
        ? { does: 'submit', icon: Send, title: `Submit ${phase}`, action: 'Submit' }
        : { does: 'transition', icon: Flag, title: 'Move it to validation', action: 'Open', ownerOnly: true };
    default:
      return null;
  }
}

/** What the reader can do so that the POV goes on. */
export function povTodo(pov: PovListItem, reader: PovUser): Todo | null {
  const move = moveOf(pov);
  if (!move || !pov.waitingFor || (move.ownerOnly && pov.ownerId !== reader.userId)) return null;
  if (whyNotPov(move.does, reader, { ownerId: pov.ownerId, members: pov.members })) return null;
  return {
    id: pov.id,
    icon: move.icon,
    title: move.title,
    context: about(pov),
    since: pov.waitingFor.since,
    until: pov.waitingFor.due,
    href: `/povs/${pov.id}`,
    action: move.action,
  };
}

const about = (pov: Pick<PovListItem, 'title' | 'customerName'>): string =>
  [pov.title, pov.customerName].filter(Boolean).join(', ');

/** A milestone that is overdue still. */
export const overdueTodo = ({ id, name, povId, dueDate, povTitle, customerName }: MilestoneOfPov): Todo => ({
  id,
  icon: Milestone,
  title: `Milestone ${name} is overdue`,
  context: about({ title: povTitle, customerName }),
  since: dueDate,
  until: dueDate,
  href: `/povs/${povId}`,
  action: 'Open',
});
