import { SvelteMap } from 'svelte/reactivity';
import type { Instance } from '#domain/approvals/instance.ts';
import { useLive } from '#lib/platform/live.svelte.ts';
import { useMe } from '#lib/platform/session.svelte.ts';

const shownMs = 12_000;
const ends = [
  'workflow.step.decided',
  'workflow.step.skipped',
  'workflow.instance.completed',
  'workflow.instance.rejected',
  'workflow.instance.cancelled',
];

/**
 * Approvals that somebody else decided while they stand on the page: they turn grey and say so for a while, instead of
 * vanishing under the reader's hand.
 */
export function useElsewhere(shown: () => readonly Instance[]) {
  const live = useLive();
  const me = useMe();
  const texts = new SvelteMap<string, string>();
  const kept = new SvelteMap<string, Instance>();

  $effect(() =>
    live.on(event => {
      if (!ends.includes(event.name) || event.actor === `user:${me.user.id}`) return;
      const instance = shown().find(i => i.id === event.entityId);
      if (!instance || kept.has(instance.id)) return;
      kept.set(instance.id, instance);
      texts.set(instance.id, `${event.actorName} ${event.summary}`);
      setTimeout(() => {
        kept.delete(instance.id);
        texts.delete(instance.id);
      }, shownMs);
    }),
  );

  return {
    /** What waits, and what waited a moment ago. */
    with(items: readonly Instance[]): Instance[] {
      return [...items, ...[...kept.values()].filter(k => !items.some(i => i.id === k.id))];
    },
    /** What somebody else did with it; null while it still waits. */
    textsBut(items: readonly Instance[]): ReadonlyMap<string, string> {
      return new Map([...texts].filter(([id]) => !items.some(i => i.id === id)));
    },
  };
}
