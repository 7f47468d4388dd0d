const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const STEADY_MS = 60_000;

/** Something that is up: it says when it ends, and can be asked to. One that is not ours never says. */
export type Running = { exited: Promise<string>; stop(): Promise<void> };

export type KeptPart<Kind extends Running> = { first: Kind; crashes(): number; stop(): Promise<void> };

export type Part<Kind extends Running> = {
  name: string;
  /** Starts it; after a crash it gets what ran before, to take over the ports. */
  start(before?: Kind): Promise<Kind>;
  /** Hears in one sentence what happened. */
  tell(sentence: string): void;
};

/**
 * Starts a part and keeps it up: when it ends by itself it is started again, after half a second and then twice as
 * long each time, up to half a minute; a minute of quiet forgives what was before.
 */
export async function keepRunning<Kind extends Running>({ name, start, tell }: Part<Kind>): Promise<KeptPart<Kind>> {
  const first = await start();
  let running = first;
  let stopping = false;
  let crashes = 0;
  let wait = FIRST_WAIT_MS;
  let restarting: Promise<void> | undefined;
  let wakeUp = (): void => undefined;

  const sleep = (): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, wait);
    wakeUp = () => { clearTimeout(timer); resolve(); };
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  });
  const restart = async (why: string): Promise<void> => {
    crashes += 1;
    tell(`${name} ended (${why}); it starts again in ${wait / 1000} s`);
    await sleep();
    if (stopping) return;
    try {
      running = await start(running);
    } catch (error) {
      return restart(error instanceof Error ? error.message : String(error));
    }
    if (stopping) return running.stop();
    tell(`${name} is up again`);
  };
  const watch = (): void => {
    const began = Date.now();
    void running.exited.then((why) => {
      if (stopping) return;
      if (Date.now() - began > STEADY_MS) wait = FIRST_WAIT_MS;
      restarting = restart(why).then(watch);
    });
  };
  watch();
  const stop = async (): Promise<void> => {
    stopping = true;
    wakeUp();
    await running.stop();
    await restarting;
  };
  return { first, crashes: () => crashes, stop };
}
