import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import Ban from '@lucide/svelte/icons/ban';
import Pencil from '@lucide/svelte/icons/pencil';
import Play from '@lucide/svelte/icons/play';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Send from '@lucide/svelte/icons/send';
import Trash from '@lucide/svelte/icons/trash-2';
import { phaseEndpoints } from '#domain/pov/phase.contract.ts';
import { whyNotMovePhase, type Phase, type PhaseStatus } from '#domain/pov/phase.ts';
import { whyNotSubmit } from '#domain/pov/phase-approval.ts';
import { call } from '#lib/platform/client.ts';
import type { MenuItem } from '#lib/ui/overlay/menu.ts';
import type { Changes } from '../changes.svelte.ts';
import type { OpenPov } from '../page/open-pov.svelte.ts';

interface Place {
  open: OpenPov;
  changes: Changes;
  before: readonly Phase[];
  last: boolean;
  step: (by: -1 | 1) => void;
}

/** What can be done with a phase; empty for those who may nothing. */
export function phaseMenu(phase: Phase, { open, changes, before, last, step }: Place): MenuItem[] {
  const items: MenuItem[] = [];
  if (open.may('submit')) {
    items.push({
      label: 'Submit for approval…',
      icon: Send,
      reason: whyNotSubmit(phase, open.pov.status),
      onselect: () => open.ask({ kind: 'submit', phase }),
    });
  }
  if (!open.may('edit')) return items;
  const move = (label: string, icon: typeof Play, status: PhaseStatus): MenuItem => ({
    label,
    icon,
    reason: whyNotMovePhase(phase, status, before),
    onselect: () =>
      void changes.run(open.pov.id, phase.id, () =>
        call(phaseEndpoints.update, {
          params: { id: open.pov.id, phaseId: phase.id },
          body: { status, version: phase.version },
        }),
      ),
  });
  const moves: MenuItem[] = {
    NOT_STARTED: [move('Start now', Play, 'IN_PROGRESS')],
    IN_PROGRESS: [move('Mark as blocked', Ban, 'BLOCKED')],
    BLOCKED: [move('Go on', Play, 'IN_PROGRESS')],
    COMPLETED: [move('Open it again', RotateCcw, 'IN_PROGRESS')],
  }[phase.status];
  return [
    ...items,
    { label: 'Edit, progress, details…', icon: Pencil, onselect: () => open.ask({ kind: 'phase', phase }) },
    ...moves,
    'line',
    {
      label: 'Move up',
      icon: ArrowUp,
      kbd: 'alt+↑',
      reason: before.length === 0 ? 'It is the first' : null,
      onselect: () => step(-1),
    },
    {
      label: 'Move down',
      icon: ArrowDown,
      kbd: 'alt+↓',
      reason: last ? 'It is the last' : null,
      onselect: () => step(1),
    },
    'line',
    { label: 'Delete…', icon: Trash, danger: true, onselect: () => open.ask({ kind: 'delete-phase', phase }) },
  ];
}
