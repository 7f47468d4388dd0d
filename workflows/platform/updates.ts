import { ApplicationFailure, condition, defineUpdate, setHandler, workflowInfo } from '@temporalio/workflow';
import type { platformTasks } from '../../activities/platform/tasks.ts';
import {
  isWatcherUpdate,
  watcherUpdates,
  whyNotUpdate,
  type WatcherUpdate,
} from '../../domain/platform/operations/process-hold.ts';
import type { Inbox } from './inbox.ts';
import type { ProcessState } from './state.ts';
import { shortTasks } from './verbs.ts';

const { takeCommand } = shortTasks<typeof platformTasks>();

/** The updates of a process, as its loop sees them. */
export interface Steered {
  /** A look begins: what an update wrote before is seen by it. */
  begins(): void;
  /** The look has shown this: whoever waits for the outcome of an update has it. */
  shows(state: ProcessState): void;
  /** No look comes any more in this run: nobody may wait for one. */
  leaves(result: string | null): void;
}

/** An update carries the id of a command that the API has noted: what is asked, and by whom, stands in the database. */
export interface UpdateInput {
  commandId: string;
}

/**
 * Takes the commands whose outcome only the process knows. The validator refuses at once what its last look excludes;
 * the verb decides, under lock; the answer is what the process says after it has looked again.
 */
export function takeUpdates(inbox: Inbox): Steered {
  let state: ProcessState | undefined;
  let begun = 0;
  let shown = 0;
  let left = false;
  let result: string | null = null;

  const validate = (name: WatcherUpdate, given: unknown): void => {
    if (typeof (given as Partial<UpdateInput> | undefined)?.commandId !== 'string')
      throw refused('Updates are sent by the API', 'invalid');
    // Before its first look a process knows nothing: the verb decides.
    const whyNot = state && whyNotUpdate(name, { ended: result !== null, hold: state.hold });
    if (whyNot) throw refused(whyNot, 'conflict');
  };
  const take = async (name: WatcherUpdate, { commandId }: UpdateInput): Promise<ProcessState> => {
    try {
      const { hold } = await takeCommand({ workflowId: workflowInfo().workflowId, name, commandId });
      if (state) state = { ...state, hold };
    } catch (e) {
      // Nobody asked for it through the API: no proven sender.
      if (e instanceof ApplicationFailure && e.type === 'not-found') inbox.rejected.push(name);
      throw e;
    } finally {
      inbox.dirty = true;
    }
    const before = begun;
    await condition(() => left || shown > before);
    return state!;
  };

  for (const name of Object.keys(watcherUpdates).filter(isWatcherUpdate))
    setHandler(defineUpdate<ProcessState, [UpdateInput]>(name), given => take(name, given), {
      validator: given => validate(name, given),
      description: `${watcherUpdates[name].summary}; carries the id of a command, sent by the API`,
    });
  return {
    begins: () => {
      begun += 1;
    },
    shows: next => {
      state = next;
      shown = begun;
    },
    leaves: ended => {
      result = ended;
      left = true;
    },
  };
}

const refused = (message: string, type: string): ApplicationFailure => ApplicationFailure.nonRetryable(message, type);
