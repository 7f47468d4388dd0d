import { useQueryClient } from '@tanstack/svelte-query';
import { useLive } from '#lib/platform/live.svelte.ts';
import { refreshPov } from '../changes.svelte.ts';

/** A process looks again a moment after each event and may then say another sentence, which no event tells. */
const looksAfterMs = [900, 3_000];

export function followProcess(povId: () => string): void {
  const live = useLive();
  const client = useQueryClient();
  $effect(() => {
    const id = povId();
    let timers: ReturnType<typeof setTimeout>[] = [];
    const clear = (): void => timers.forEach(clearTimeout);
    const stop = live.on(event => {
      if (event.storyId !== id && event.entityId !== id) return;
      clear();
      timers = looksAfterMs.map(ms => setTimeout(() => void refreshPov(client, id), ms));
    });
    return () => {
      stop();
      clear();
    };
  });
}
