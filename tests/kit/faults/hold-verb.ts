import type { AnyVerb } from '../../../activities/platform/verb.ts';

/**
 * Holds the runs of a verb in this process that are meant, before they have locked anything, until they are let go:
 * what a test does in between happens there, however fast the machine is.
 */
export function holdVerb(verb: AnyVerb, isHeld: (input: unknown) => Promise<boolean>): () => void {
  const { body } = verb;
  let open = (): void => undefined;
  const opened = new Promise<void>(resolve => { open = resolve; });
  verb.body = async (ctx, input) => {
    if (await isHeld(input)) await opened;
    return body(ctx, input);
  };
  return () => {
    verb.body = body;
    open();
  };
}
