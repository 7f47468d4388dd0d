import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import CircleDot from '@lucide/svelte/icons/circle-dot';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import CircleX from '@lucide/svelte/icons/circle-x';
import Hourglass from '@lucide/svelte/icons/hourglass';
import ScanSearch from '@lucide/svelte/icons/scan-search';
import SkipForward from '@lucide/svelte/icons/skip-forward';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { InstanceStatus } from '#domain/approvals/instance.ts';
import type { StepStatus } from '#domain/approvals/step.ts';
import { milestoneStatusLabel, type MilestoneStatus } from '#domain/pov/milestone.ts';
import { phaseStatusLabel, type Phase, type PhaseStatus } from '#domain/pov/phase.ts';
import { povStatusLabel, type PovStatus } from '#domain/pov/pov-status.ts';
import type { Icon, Tone } from '#lib/ui/icon.ts';

/** How a state is drawn: icon, word and tint. */
export interface Look {
  text: string;
  icon: Icon;
  tone: Tone;
}
const look = (text: string, icon: Icon, tone: Tone): Look => ({ text, icon, tone });

export const povLook: Record<PovStatus, Look> = {
  PROJECTED: look(povStatusLabel.PROJECTED, CircleDashed, 'neutral'),
  IN_PROGRESS: look(povStatusLabel.IN_PROGRESS, CircleDot, 'primary'),
  STALLED: look(povStatusLabel.STALLED, CirclePause, 'warning'),
  VALIDATION: look(povStatusLabel.VALIDATION, ScanSearch, 'info'),
  WON: look(povStatusLabel.WON, CircleCheck, 'success'),
  LOST: look(povStatusLabel.LOST, CircleX, 'danger'),
};

const phaseLooks: Record<PhaseStatus, Look> = {
  NOT_STARTED: look(phaseStatusLabel.NOT_STARTED, CircleDashed, 'neutral'),
  IN_PROGRESS: look(phaseStatusLabel.IN_PROGRESS, CircleDot, 'primary'),
  COMPLETED: look(phaseStatusLabel.COMPLETED, CircleCheck, 'success'),
  BLOCKED: look(phaseStatusLabel.BLOCKED, Ban, 'danger'),
};
/** A phase that was submitted waits for people, whatever its status. */
export const phaseLook = (phase: Pick<Phase, 'status' | 'submittedAt'>): Look =>
  phase.submittedAt && phase.status !== 'COMPLETED'
    ? look('Waits for approval', Hourglass, 'warning')
    : phaseLooks[phase.status];

export const milestoneLook: Record<MilestoneStatus, Look> = {
  PENDING: look(milestoneStatusLabel.PENDING, CircleDashed, 'neutral'),
  COMPLETED: look(milestoneStatusLabel.COMPLETED, CircleCheck, 'success'),
  OVERDUE: look(milestoneStatusLabel.OVERDUE, TriangleAlert, 'danger'),
};

const approvalLooks: Record<InstanceStatus, Look> = {
  pending: look('Open', Hourglass, 'warning'),
  in_progress: look('Open', Hourglass, 'warning'),
  completed: look('Approved', CircleCheck, 'success'),
  rejected: look('Rejected', CircleX, 'danger'),
  cancelled: look('Called off', Ban, 'neutral'),
};
export const approvalLook = (status: string): Look =>
  approvalLooks[status as InstanceStatus] ?? look(status, CircleDashed, 'neutral');

export const stepLook: Record<StepStatus, Look> = {
  pending: look('To come', CircleDashed, 'neutral'),
  in_progress: look('Open', Hourglass, 'warning'),
  delegated: look('Delegated', Hourglass, 'warning'),
  approved: look('Approved', CircleCheck, 'success'),
  rejected: look('Rejected', CircleX, 'danger'),
  skipped: look('Skipped', SkipForward, 'neutral'),
  expired: look('Expired', CircleX, 'danger'),
};

export const kpiLook = (met: boolean | null): Look =>
  met === null
    ? look('No target', CircleDashed, 'neutral')
    : met
      ? look('Met', CircleCheck, 'success')
      : look('Below target', TriangleAlert, 'warning');
