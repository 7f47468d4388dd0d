import { getContext, setContext } from 'svelte';

/** Numbers beside the menu and on the bell, by name: `inbox`, `notifications`, `povs`. */
export type Counts = Record<string, number | undefined>;
const key = Symbol('counts');

export function provideCounts(): Counts {
  const counts = $state<Counts>({});
  return setContext(key, counts);
}
export const useCounts = (): Counts => getContext<Counts>(key);
