import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { Plan } from '../../../domain/platform/process.ts';
import type { AnyVerb, VerbContext } from '../verb.ts';

/** The verbs that carry out the steps of a plan, where they can be done in the transaction of the look. */
export type Acts<S extends { do: string }> = Partial<Record<S['do'], AnyVerb>>;

/** A plan that never comes to rest is left to the process, which tells a person. */
const actsMax = 5;

/**
 * Does what is due before the position is read, so that a process wakes, acts and knows what it waits for in one
 * transaction. Each verb takes its own locks and looks again under them. A step that is refused leaves no trace; it
 * stays in the plan, for the process to try and to say why it is stuck.
 */
export async function actOnPlan<S extends { do: string }>(
  ctx: VerbContext,
  acts: Acts<S>,
  planned: () => Promise<Plan<S>>,
): Promise<void> {
  for (let done = 0, last = ''; done < actsMax; done++) {
    const { step } = await planned();
    const act = step && acts[step.do as S['do']];
    if (!act || JSON.stringify(step) === last || !(await isDone(ctx, act, step))) break;
    last = JSON.stringify(step);
  }
  ctx.tell();
  // What is read from here on is read anew, under the lock of the stream.
  ctx.em.clear();
}

async function isDone(ctx: VerbContext, act: AnyVerb, step: unknown): Promise<boolean> {
  const { send } = transactionOf(ctx.em);
  void send('savepoint act');
  const undo = ctx.mark();
  try {
    await ctx.act(act, step);
    return true;
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    undo();
    void send('rollback to savepoint act');
    return false;
  }
}
