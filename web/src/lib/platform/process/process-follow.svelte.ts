import { useQueryClient } from '@tanstack/svelte-query';
import { useLive } from '../live.svelte.ts';

/**
 * A process looks again a moment after the event that woke it: what it then says has no event of its own, so it is
 * read again when it has had the time.
 */
export function followProcesses(): void {
  const live = useLive();
  const client = useQueryClient();
  $effect(() => {
    let timers: ReturnType<typeof setTimeout>[] = [];
    const again = (): void => void client.invalidateQueries({ queryKey: ['processes'] });
    const stop = live.on(() => {
      timers.forEach(clearTimeout);
      timers = [700, 2500].map(after => setTimeout(again, after));
    });
    return () => {
      stop();
      timers.forEach(clearTimeout);
    };
  });
}
