import type { WaitingFor } from '../platform/process.ts';
import { sayAll, sayAny, sayInstant, waiting } from '../platform/sentence.ts';
import type { Instance } from './instance.ts';
import { approversOf, currentSteps, type Step } from './step.ts';

const hour = 3_600_000;
/** The approvers of an open step are reminded a day after it opened, then every two days. */
export const firstReminderHours = 24;
export const reminderEveryHours = 48;

type Told = Pick<Instance, 'title' | 'mode' | 'steps' | 'slaDeadline' | 'whenDue' | 'createdAt'>;
/** A step that was put to its approvers. */
export type OpenedStep = Step & { openedAt: string };
export const isOpened = (step: Step): step is OpenedStep => step.openedAt !== null;

/** Counted from the last one, so that after a pause there is one reminder and not a burst. */
export const reminderAt = (step: Pick<OpenedStep, 'openedAt' | 'remindedAt'>): number =>
  step.remindedAt
    ? Date.parse(step.remindedAt) + reminderEveryHours * hour
    : Date.parse(step.openedAt) + firstReminderHours * hour;

/**
 * The one sentence about an open approval, for its own process, that of what is approved, and the inbox: "Waiting for
 * Dana Okafor (Sales engineer) to approve Setup since Tue 24 Nov 09:00, with no deadline; on Wed 25 Nov 09:00 a
 * reminder goes out."
 */
export function approvalWaitingFor(instance: Told, timeZone: string, now: number): WaitingFor {
  const steps = currentSteps(instance);
  const opened = steps.filter(isOpened);
  const since = Date.parse(opened.map(s => s.openedAt).sort()[0] ?? instance.createdAt);
  const due = instance.slaDeadline === null ? null : Date.parse(instance.slaDeadline);
  const reminder = nextReminder(opened, now, due !== null && instance.whenDue === 'expired' ? due : Infinity);
  const on = steps.length ? (instance.mode === 'parallel-any' ? sayAny : sayAll)(steps.map(approversOf)) : nobodyYet;
  const what = steps.length ? `${on} to approve` : 'steps to be added to the approval of';
  return waiting(
    {
      what: `Waiting for ${what} ${instance.title}`,
      on,
      since,
      due,
      person: true,
      ...(due !== null && due > now
        ? {
            until: due,
            then: instance.whenDue === 'expired' ? 'it counts as rejected' : 'it is overdue',
            aside: reminder !== null && reminder < due ? `reminder on ${sayInstant(reminder, timeZone)}` : null,
          }
        : {
            until: reminder,
            then:
              reminder !== null
                ? 'a reminder goes out'
                : steps.length
                  ? 'whoever asked hears of the decision'
                  : 'those who can decide are asked',
          }),
    },
    { now, timeZone },
  );
}

const nobodyYet = 'steps to be added';

/** The first that is still to come; the one that goes out this moment is followed by another. */
function nextReminder(opened: readonly OpenedStep[], now: number, end: number): number | null {
  const at = opened.map(reminderAt).map(t => (t > now ? t : now + reminderEveryHours * hour));
  const next = Math.min(...at);
  return next < end ? next : null;
}
