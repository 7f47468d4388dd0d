import ArrowRight from '@lucide/svelte/icons/arrow-right';
import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import Flag from '@lucide/svelte/icons/flag';
import Gauge from '@lucide/svelte/icons/gauge';
import ListPlus from '@lucide/svelte/icons/list-plus';
import Pencil from '@lucide/svelte/icons/pencil';
import Play from '@lucide/svelte/icons/play';
import Rocket from '@lucide/svelte/icons/rocket';
import Send from '@lucide/svelte/icons/send';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import Target from '@lucide/svelte/icons/target';
import Trash from '@lucide/svelte/icons/trash-2';
import UserPlus from '@lucide/svelte/icons/user-plus';
import UserRoundCog from '@lucide/svelte/icons/user-round-cog';
import { whyNotConfirm, whyNotInitiate } from '#domain/pov/launch.ts';
import type { Phase } from '#domain/pov/phase.ts';
import { whyNotSubmit } from '#domain/pov/phase-approval.ts';
import { isClosed, povStatusLabel, type PovStatus } from '#domain/pov/pov-status.ts';
import type { AllowedTransition } from '#domain/pov/pov-transition.ts';
import type { Icon } from '#lib/ui/icon.ts';
import type { OpenPov, PovDialog } from './open-pov.svelte.ts';

/** Something that can be done with the open POV; the menu, the palette and the keys offer the same. */
export interface PovCommand {
  id: string;
  label: string;
  icon: Icon;
  part: 'work' | 'move' | 'change' | 'end';
  kbd?: string;
  /** Why it cannot be done now. */
  reason?: string | null;
  danger?: boolean;
  keywords?: string[];
  run: () => void;
}
interface Tools {
  open: OpenPov;
  transitions: readonly AllowedTransition[];
  initiateLaunch: () => void;
}

/** All that the reader is permitted to do, in the order of a menu. */
export const povCommands = (tools: Tools): PovCommand[] => [
  ...workCommands(tools),
  ...moveCommands(tools),
  ...changeCommands(tools),
  ...endCommands(tools),
];

function workCommands({ open, initiateLaunch }: Tools): PovCommand[] {
  const { pov, currentPhase: phase } = open;
  const found: PovCommand[] = [];
  if (open.may('submit')) {
    found.push({
      id: 'submit',
      part: 'work',
      label: phase ? `Submit ${phase.name}…` : 'Submit a phase…',
      icon: Send,
      kbd: 's',
      reason: phase
        ? whyNotSubmit(phase, pov.status)
        : pov.phases.length
          ? 'All phases are completed'
          : 'There are no phases',
      keywords: ['approval', 'approve'],
      run: () => phase && open.ask({ kind: 'submit', phase }),
    });
  }
  if (open.may('edit') && phase) {
    found.push({
      id: 'phase',
      part: 'work',
      label: `Progress of ${phase.name}…`,
      icon: SlidersHorizontal,
      kbd: 'w',
      keywords: ['phase', 'details'],
      run: () => open.ask({ kind: 'phase', phase }),
    });
  }
  if (!open.may('launch')) return found;
  const { launch } = pov;
  if (launch?.confirmed) return found;
  if (launch) {
    found.push({
      id: 'confirm-launch',
      part: 'work',
      label: 'Confirm the launch…',
      icon: Rocket,
      reason: whyNotConfirm(launch),
      run: () => open.ask({ kind: 'confirm-launch' }),
    });
  } else {
    found.push({
      id: 'open-launch',
      part: 'work',
      label: 'Open the launch',
      icon: Rocket,
      reason: whyNotInitiate(pov.status, launch),
      run: initiateLaunch,
    });
  }
  return found;
}

const moveIcons: Record<PovStatus, Icon> = {
  PROJECTED: ArrowRight,
  IN_PROGRESS: Play,
  STALLED: CirclePause,
  VALIDATION: Gauge,
  WON: CircleCheck,
  LOST: Ban,
};
/** What a move is called depends on where it comes from. */
export function moveLabel(from: PovStatus, to: PovStatus): string {
  if (to === 'STALLED') return 'Stall';
  if (to === 'WON' || to === 'LOST') return `Record as ${povStatusLabel[to].toLowerCase()}`;
  if (to === 'IN_PROGRESS' && from === 'STALLED') return 'Resume';
  if (to === 'IN_PROGRESS' && from === 'VALIDATION') return 'Back to in progress';
  return `Move to ${povStatusLabel[to].toLowerCase()}`;
}

function moveCommands({ open, transitions }: Tools): PovCommand[] {
  if (!open.may('transition')) return [];
  return transitions.map(({ to, errors, reasonRequired }) => ({
    id: `move-${to}`,
    part: 'move',
    label: `${moveLabel(open.pov.status, to)}…`,
    icon: moveIcons[to],
    reason: errors.length ? errors.join('; ') : null,
    danger: to === 'LOST',
    keywords: ['status', povStatusLabel[to]],
    run: () => open.ask({ kind: 'move', to, reasonRequired }),
  }));
}

function changeCommands({ open }: Tools): PovCommand[] {
  if (!open.may('edit')) return [];
  const over = isClosed(open.pov.status) ? `The POV is ${povStatusLabel[open.pov.status].toLowerCase()}` : null;
  const noPhase = open.pov.phases.length === 0 ? 'There are no phases' : null;
  const change = (label: string, icon: Icon, dialog: PovDialog, reason: string | null = null): PovCommand => ({
    id: dialog.kind,
    part: 'change',
    label: `${label}…`,
    icon,
    reason,
    run: () => open.ask(dialog),
  });
  return [
    { ...change('Edit', Pencil, { kind: 'edit' }), kbd: 'e', keywords: ['title', 'customer', 'dates', 'budget'] },
    ...(open.may('staff')
      ? [
          change('Add a team member', UserPlus, { kind: 'add-member' }),
          change('Hand over to another owner', UserRoundCog, { kind: 'hand-over' }),
        ]
      : []),
    { ...change('Add a phase', ListPlus, { kind: 'phase', phase: null }, over), id: 'add-phase' },
    change('Add the phases of a template', ListPlus, { kind: 'apply-template' }, over),
    change('Add a milestone', Flag, { kind: 'milestone', milestone: null }, over ?? noPhase),
    change('Add a KPI', Target, { kind: 'kpi', kpi: null }),
  ];
}

const endCommands = ({ open }: Tools): PovCommand[] =>
  open.may('delete')
    ? [
        {
          id: 'delete',
          part: 'end',
          label: 'Delete…',
          icon: Trash,
          danger: true,
          run: () => open.ask({ kind: 'delete' }),
        },
      ]
    : [];

/** The one or two commands that could end the present wait; the main one last. */
export function usefulNow(commands: readonly PovCommand[], { pov, currentPhase }: OpenPov): PovCommand[] {
  const pick = (...ids: string[]): PovCommand[] => ids.flatMap(id => commands.filter(c => c.id === id));
  switch (pov.status) {
    case 'PROJECTED':
      return pov.launch?.confirmed ? pick('move-IN_PROGRESS') : pick(pov.launch ? 'confirm-launch' : 'open-launch');
    case 'IN_PROGRESS':
      return waits(currentPhase) ? [] : currentPhase ? pick('phase', 'submit') : pick('move-VALIDATION');
    case 'STALLED':
      return pick('move-LOST', 'move-IN_PROGRESS');
    case 'VALIDATION':
      return pick('move-IN_PROGRESS', 'move-WON');
    case 'WON':
    case 'LOST':
      return [];
    default:
      return pov.status satisfies never;
  }
}
const waits = (phase: Phase | undefined): boolean => Boolean(phase?.submittedAt);
