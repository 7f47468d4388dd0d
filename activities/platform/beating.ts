import { Context } from '@temporalio/activity';

const beatMs = 2_000;

/** The task, which tells the engine all the while that somebody is at it: a worker that is lost is noticed soon. */
export const beating =
  <I, O>(task: (input: I) => Promise<O>) =>
  async (input: I): Promise<O> => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), beatMs);
    try {
      return await task(input);
    } finally {
      clearInterval(beat);
    }
  };
