import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  patched,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { platformVerbs } from '../../activities/platform/index.ts';
import { tenantNow } from '../../domain/platform/clock.ts';
import { processHeld, processResumed } from '../../domain/platform/operations/process-hold.ts';
import type { Hold, Plan, Position, ProcessInput, WaitingFor } from '../../domain/platform/process.ts';
import { sayStuck } from '../../domain/platform/sentence.ts';
import { listen, park, type Heard } from './inbox.ts';
import { scope } from './scope.ts';
import { showStage } from './stage.ts';
import { answerState, say } from './state.ts';
import { takeUpdates } from './updates.ts';
import { verbs } from './verbs.ts';

const { noteStuck } = verbs<typeof platformVerbs>();
type Asked = { entityId: string; runId?: string; workflowId?: string };
type Look<S extends { do: string }> = (input: Asked) => Promise<Position<S>>;
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
  const inbox = listen([...hears, processHeld, processResumed]);
  const { workflowId, runId } = workflowInfo();
  const steered = takeUpdates(inbox);
  // Until the first look, which may have to wait for the database.
  say('Starting', {
    what: 'Waiting for the database to say where it stands', on: 'the database', then: 'it goes on', person: false,
  });
  let refusedSteps = 0,
    refusedSince = 0;
  for (;;) {
    inbox.dirty = false;
    steered.begins();
    await park(inbox);
    const { plan, seq, clock, readAt, hold = null } = await look({ entityId: input.entityId, runId, workflowId });
    scope.clock = clock;
    Object.assign(inbox, { seen: seq, readAt });
    const at = { plan, seq, hold };
    show(at);
    steered.shows({ stage: plan.stage, waitingFor: plan.waitingFor, future: plan.future, seenSeq: seq, hold });
    if (plan.closed) {
      steered.leaves(plan.closed);
      await condition(allHandlersFinished);
      return plan.closed;
    }
    if (plan.step) {
      const refused = await refusal(() => steps[plan.step!.do as S['do']](plan.step as Extract<S, { do: S['do'] }>));
      refusedSteps = refused ? refusedSteps + 1 : 0;
      if (refusedSteps === 1) refusedSince = tenantNow(clock, Date.now());
      // Once: somebody was faster, so look again. Twice: a person must see it; meanwhile no hot loop.
      if (refusedSteps > 1) {
        await stuck(at, { reason: refused!, since: refusedSince, times: refusedSteps }, () => inbox.dirty);
      }
      // A step that is refused for ever must not fill the history.
      if (!refused || !historyFull()) continue;
    }
    if (historyFull()) {
      await park(inbox);
      steered.leaves(null);
      await condition(allHandlersFinished);
      await continueAsNew<(i: ProcessInput) => Promise<string>>(input);
    }
    await waitUntil(plan.wakeAt, () => inbox.dirty || historyFull());
    // What time brings about belongs to no request's trace.
    if (!inbox.dirty) scope.trace = undefined;
  }
}

/** Where the last look found the process. */
interface At {
  plan: Plan;
  seq: number;
  hold: Hold | null;
}

function show({ plan, seq, hold }: At): void {
  setCurrentDetails(plan.waitingFor?.sentence ?? plan.closed ?? plan.stage);
  showStage(plan);
  answerState({ ...plan, seenSeq: seq, hold });
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
  { plan, seq, hold }: At,
  { reason, since, times }: { reason: string; since: number; times: number },
  woken: () => boolean,
): Promise<void> {
  const step = plan.step!.do;
  setCurrentDetails(`Stuck: ${sayStuck(step, reason)}`);
  if (patched('2026-11-21-stuck-noted')) {
    const waitingFor = await noted({ workflowId: workflowInfo().workflowId, step, reason, since });
    if (waitingFor) {
      setCurrentDetails(waitingFor.sentence);
      answerState({ ...plan, waitingFor, seenSeq: seq, hold });
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
