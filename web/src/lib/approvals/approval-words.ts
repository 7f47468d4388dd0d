import Ban from '@lucide/svelte/icons/ban';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleX from '@lucide/svelte/icons/circle-x';
import Hourglass from '@lucide/svelte/icons/hourglass';
import Milestone from '@lucide/svelte/icons/milestone';
import Package from '@lucide/svelte/icons/package';
import Percent from '@lucide/svelte/icons/percent';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import Rocket from '@lucide/svelte/icons/rocket';
import Stamp from '@lucide/svelte/icons/stamp';
import type { Instance } from '#domain/approvals/instance.ts';
import {
  approversOf, currentSteps, inPlaceOf, isApproverThemselves, isUndecided, type Decider, type Step,
} from '#domain/approvals/step.ts';
import { roleLabel } from '#domain/platform/role.ts';
import { sayAll } from '#domain/platform/sentence.ts';
import type { Icon, Tone } from '#lib/ui/icon.ts';

const kinds: [RegExp, Icon][] = [
  [/phase|pov|milestone/, Milestone],
  [/quote|discount|price/, Percent],
  [/launch/, Rocket],
  [/invoice|credit|expense/, ReceiptText],
  [/stock|purchase|order|loan|product/, Package],
  [/extension|deadline|leave/, CalendarClock],
];
/** The picture of what an approval is about. */
export const subjectIcon = (referenceType: string): Icon =>
  kinds.find(([name]) => name.test(referenceType.toLowerCase()))?.[1] ?? Stamp;

/** `stock_loan` is "Stock loan". */
export const subjectWord = (referenceType: string): string =>
  referenceType
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
    .replace(/^./, c => c.toUpperCase());

export interface Look {
  text: string;
  icon: Icon;
  tone: Tone;
}
/** How it stands, for a badge. */
export function statusLook(instance: Pick<Instance, 'status' | 'isOverdue'>): Look {
  if (instance.status === 'completed') return { text: 'Approved', icon: CircleCheck, tone: 'success' };
  if (instance.status === 'rejected') return { text: 'Rejected', icon: CircleX, tone: 'danger' };
  if (instance.status === 'cancelled') return { text: 'Called off', icon: Ban, tone: 'neutral' };
  return instance.isOverdue
    ? { text: 'Overdue', icon: Hourglass, tone: 'danger' }
    : { text: 'Waiting for a person', icon: Hourglass, tone: 'warning' };
}

/** The rule of the round: how many must approve, in which order. */
export function ruleOf(instance: Pick<Instance, 'mode' | 'steps' | 'excludeRequester'>): string {
  const n = instance.steps.length;
  const how =
    n < 2
      ? 'one decision'
      : instance.mode === 'sequence'
        ? `all ${n}, one after the other`
        : instance.mode === 'parallel-any'
          ? `one of ${n} is enough`
          : `all ${n}, side by side`;
  return instance.excludeRequester ? `${how} · not who asked` : how;
}

/** Why a step waits for this reader. */
export function whyYours(step: Step, instance: Instance, reader: Decider): string {
  const label = step.role ? roleLabel(step.role) : step.name;
  const handed = step.delegations.findLast(d => d.to.id === reader.userId);
  if (handed) return `${handed.from.name} handed it to you${handed.comment ? `: “${handed.comment}”` : ''}`;
  const away = isApproverThemselves(step, reader) ? null : inPlaceOf(step, reader);
  if (away) return `You stand in for ${away.name}, who is asked as ${label}`;
  const others = step.assignees.filter(a => a.id !== reader.userId).map(a => a.name);
  if (reader.userId && step.assigneeIds.includes(reader.userId)) {
    const with_ = others.length && others.length <= 3 ? `, like ${sayAll(others)}` : '';
    const as = instance.memberIds.length
      ? `You decide as ${label.toLowerCase()} of the team`
      : `You were asked as ${label}`;
    return as + with_;
  }
  if (step.openTo.includes('ADMIN') && step.role && step.role !== 'ADMIN' && !step.openTo.includes(step.role)) {
    return `It came to you as admin: nobody can decide as ${label.toLowerCase()}`;
  }
  return `It is yours because you hold the role ${roleLabel(reader.role ?? '')}`;
}

export const capital = (text: string): string => text.replace(/^./, c => c.toUpperCase());

/** What a decision causes, as far as the approval itself knows. */
export function afterApproval(instance: Instance, step: Step, then?: string): string {
  const others = currentSteps({ mode: 'parallel-all', steps: instance.steps.filter(s => s.id !== step.id) }).filter(
    isUndecided,
  );
  const done = then ?? `${instance.title} is approved, and ${instance.requesterName ?? 'who asked'} is told`;
  if (instance.mode === 'parallel-any' || others.length === 0) {
    const spared = capital(sayAll(others.map(approversOf)));
    return spared ? `${done}. ${spared} ${others.length > 1 ? 'need' : 'needs'} not decide any more.` : `${done}.`;
  }
  const next = instance.mode === 'sequence' ? others.slice(0, 1) : others;
  const verb = instance.mode === 'sequence' ? 'goes on to' : 'still waits for';
  return `It ${verb} ${sayAll(next.map(approversOf))}. Once all have approved: ${done}.`;
}
export function afterRejection(instance: Instance, then?: string): string {
  const others = instance.steps.filter(isUndecided).length - 1;
  const rest = others > 0 ? ` Nobody else needs to decide.` : '';
  const ends = `The approval ends, and ${instance.requesterName ?? 'who asked'} is told with your reason`;
  return `${then ?? ends}.${rest}`;
}
