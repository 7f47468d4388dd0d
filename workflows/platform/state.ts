import {
  defineQuery, defineSignal, setCurrentDetails, setDefaultSignalHandler, setHandler,
} from '@temporalio/workflow';
import { signalName, type AnyEvent } from '../../domain/platform/contract.ts';
import type { Hold, Plan } from '../../domain/platform/process.ts';
import { waiting, type Wait } from '../../domain/platform/sentence.ts';

/** What a process says of itself. */
export type ProcessState = Pick<Plan, 'stage' | 'waitingFor' | 'future'> & { seenSeq: number; hold: Hold | null };

/** The position of the process, as plain data; never changes anything. */
export const stateQuery = defineQuery<ProcessState>('state');

export function answerState({ stage, waitingFor, future, seenSeq, hold }: ProcessState): void {
  setHandler(stateQuery, () => ({ stage, waitingFor, future, seenSeq, hold }), {
    description: 'Stage, the sentence that says what it waits for, and what is to come',
  });
}

/**
 * What a procedure is at: one sentence in its details and in its state, with all parts. Procedures follow the machine's
 * time, said in UTC.
 */
export function say(stage: string, wait: Omit<Wait, 'since' | 'due' | 'until' | 'aside'> & { forMs?: number }): void {
  const now = Date.now();
  const due = wait.forMs === undefined ? null : now + wait.forMs;
  const waitingFor = waiting({ ...wait, since: now, due, until: due, aside: 'UTC' }, { now, timeZone: 'UTC' });
  setCurrentDetails(waitingFor.sentence);
  answerState({ stage, waitingFor, future: [], seenSeq: 0, hold: null });
}

/** How a procedure ended. */
export function sayEnded(result: string): void {
  setCurrentDetails(`Ended: ${result}.`);
  answerState({ stage: result, waitingFor: null, future: [], seenSeq: 0, hold: null });
}

/** A procedure does not listen: what starts it comes as a signal, and others decide nothing. */
export function startedBy({ name }: Pick<AnyEvent, 'name'>): void {
  setHandler(defineSignal<[unknown]>(signalName(name)), () => {}, {
    description: `The event ${name} was recorded; it started this process and says nothing more`,
  });
  setDefaultSignalHandler(() => {});
}
