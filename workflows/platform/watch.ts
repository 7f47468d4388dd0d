import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineSignal,
  patched,
  setCurrentDetails,
  setDefaultSignalHandler,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { platformVerbs } from '../../activities/platform/index.ts';
import { tenantNow } from '../../domain/platform/clock.ts';
import { signalName, type AnyEvent } from '../../domain/platform/contract.ts';
import type { Plan, Position, ProcessInput, WaitingFor } from '../../domain/platform/process.ts';
import { sayStuck } from '../../domain/platform/sentence.ts';
import { scope } from './scope.ts';
import { showStage } from './stage.ts';
import { answerState } from './state.ts';
import { verbs } from './verbs.ts';

const { parkInput, noteStuck } = verbs<typeof platformVerbs>();
type Look<S extends { do: string }> = (input: { entityId: string; runId?: string }) => Promise<Position<S>>;
type Steps<S extends { do: string }> = { [K in S['do']]: (step: Extract<S, { do: K }>) => Promise<unknown> };

/**
 * The one loop of every watcher: clear the flag, look (one local activity), then act, or wait on the flag. A signal
 * that lands after the clear sets the flag; one that landed before was committed before the look. Nothing is carried
 * over continue-as-new: the next run looks.
 */
export async function watch<S extends { do: string }>(
  input: ProcessInput,
  look: Look<S>,
  steps: Steps<S>,
  hears: readonly Heard[] = [],
): Promise<string> {
  const inbox = listen(hears);
  // Until the first look, which may have to wait for the database.
  answerState({ stage: 'Starting', waitingFor: null, future: [], seenSeq: 0 });
  let refusedSteps = 0,
    refusedSince = 0;
  for (;;) {
    inbox.dirty = false;
    await park(inbox.rejected);
    const { plan, seq, clock, readAt } = await look({ entityId: input.entityId, runId: workflowInfo().runId });
    scope.clock = clock;
    Object.assign(inbox, { seen: seq, readAt });
    show(plan, seq);
    if (plan.closed) {
      await condition(allHandlersFinished);
      return plan.closed;
    }
    if (plan.step) {
      const refused = await refusal(() => steps[plan.step!.do as S['do']](plan.step as Extract<S, { do: S['do'] }>));
      refusedSteps = refused ? refusedSteps + 1 : 0;
      if (refusedSteps === 1) refusedSince = tenantNow(clock, Date.now());
      // Once: somebody was faster, so look again. Twice: a person must see it; meanwhile no hot loop.
      if (refusedSteps > 1) {
        await stuck({ plan, seq }, { reason: refused!, since: refusedSince, times: refusedSteps }, () => inbox.dirty);
      }
      // A step that is refused for ever must not fill the history.
      if (!refused || !historyFull()) continue;
    }
    if (historyFull()) {
      await park(inbox.rejected);
      await condition(allHandlersFinished);
      await continueAsNew<(i: ProcessInput) => Promise<string>>(input);
    }
    await waitUntil(plan.wakeAt, () => inbox.dirty || historyFull());
    // What time brings about belongs to no request's trace.
    if (!inbox.dirty) scope.trace = undefined;
  }
}

/** An event contract, as far as a listener needs it. */
type Heard = Pick<AnyEvent, 'name'>;
interface Inbox {
  dirty: boolean;
  seen: number;
  /** When that was read, by the database's clock. */
  readAt?: number;
  rejected: string[];
}

/** Events that a process knows are declared, so that ops read their names; the rest lands in the same place. */
function listen(hears: readonly Heard[]): Inbox {
  const inbox: Inbox = { dirty: true, seen: 0, rejected: [] };
  const hear = (name: string, message: unknown): void => {
    const { seq, at } = (message ?? {}) as { seq?: unknown; at?: unknown };
    if (typeof seq !== 'number') inbox.rejected.push(name);
    // A database restored from an older copy counts from a lower number again; what it records is newer all the same.
    const newer = typeof at === 'number' && inbox.readAt !== undefined && at > inbox.readAt;
    // An echo of what was already read costs no look; a forged seq costs one look and decides nothing.
    if (typeof seq !== 'number' || seq > inbox.seen || newer) inbox.dirty = true;
  };
  for (const { name } of hears) {
    setHandler(defineSignal<[unknown]>(signalName(name)), message => hear(signalName(name), message), {
      description: `The event ${name} was recorded; carries its number only, sent by the relay`,
    });
  }
  setDefaultSignalHandler((name, ...args) => hear(name, args[0]));
  return inbox;
}

let parked = 0;
async function park(rejected: string[]): Promise<void> {
  for (const name of rejected.splice(0)) {
    const { workflowId, runId } = workflowInfo();
    await parkInput({ workflowId, name: `${name}`.slice(0, 200), nth: `${runId}:${parked++}` });
  }
}

function show(plan: Plan, seenSeq: number): void {
  setCurrentDetails(plan.waitingFor?.sentence ?? plan.closed ?? plan.stage);
  showStage(plan);
  answerState({ ...plan, seenSeq });
}

/** The reason, when the step's verb refused; other failures are retried by the engine and never get here. */
async function refusal(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (e) {
    // A local activity's failure arrives bare, that of any other wrapped.
    const failure = e instanceof ActivityFailure ? e.cause : e;
    if (failure instanceof ApplicationFailure && failure.nonRetryable) return failure.message;
    throw e;
  }
}

async function stuck(
  { plan, seq }: { plan: Plan; seq: number },
  { reason, since, times }: { reason: string; since: number; times: number },
  woken: () => boolean,
): Promise<void> {
  const step = plan.step!.do;
  setCurrentDetails(`Stuck: ${sayStuck(step, reason)}`);
  if (patched('2026-11-21-stuck-noted')) {
    const waitingFor = await noted({ workflowId: workflowInfo().workflowId, step, reason, since });
    if (waitingFor) {
      setCurrentDetails(waitingFor.sentence);
      answerState({ ...plan, waitingFor, seenSeq: seq });
    }
    showStage({ ...plan, needsHuman: true });
  }
  await condition(woken, Math.min(times, 10) * 30_000);
}

/** Histories of before the note answered its sentence have none. */
const noted: (note: Parameters<typeof noteStuck>[0]) => Promise<WaitingFor | null> = noteStuck;

const historyFull = (): boolean => workflowInfo().continueAsNewSuggested;

/** A frozen clock sets no timer: a moved one arrives as an event, the loop looks again and so re-arms. */
async function waitUntil(at: number | null, woken: () => boolean): Promise<void> {
  const { clock } = scope;
  if (at === null || !clock || clock.frozenAt !== null) return condition(woken);
  const ms = at - tenantNow(clock, Date.now());
  if (ms > 0) await condition(woken, ms);
}
