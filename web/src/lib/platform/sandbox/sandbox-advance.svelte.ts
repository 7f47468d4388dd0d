import { createMutation, createQuery, useQueryClient } from '@tanstack/svelte-query';
import { sandboxEndpoints } from '#domain/platform/sandbox.contract.ts';
import { useClock } from '#lib/ui/time/clock.svelte.ts';
import { notify } from '#lib/ui/overlay/toast.ts';
import { call } from '../client.ts';
import { reading } from '../query.ts';

export type Leap = { by: string } | { to: string };
const askEveryMs = 500;

/** Moving the workspace's clock: asked for, then followed until every process due by then has settled. */
export function useAdvance() {
  const client = useQueryClient();
  const clock = useClock();
  let running = $state<string | null>(null);

  const operation = createQuery(() => ({
    ...reading(sandboxEndpoints.operation, { params: { id: running ?? '' } }),
    enabled: running !== null,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: query => (query.state.data && query.state.data.status !== 'running' ? false : askEveryMs),
  }));
  const status = $derived(operation.data?.id === running ? operation.data?.status : undefined);
  $effect(() => {
    if (!running || !status || status === 'running') return;
    if (status === 'done')
      notify.done('The clock has moved', { description: 'Every process due by then has settled.' });
    else notify.failed('The clock could not be moved all the way');
    running = null;
    void refresh();
  });

  async function readClock(): Promise<void> {
    const { now, frozen } = await call(sandboxEndpoints.clock, {});
    const at = Date.parse(now);
    clock.set({ offsetMs: at - Date.now(), frozenAt: frozen ? at : null });
  }
  async function refresh(): Promise<void> {
    await readClock();
    await client.invalidateQueries();
  }
  const start = createMutation(() => ({
    mutationFn: (leap: Leap) => call(sandboxEndpoints.advance, { body: leap }),
    onSuccess: ({ id }: { id: string }) => {
      running = id;
    },
  }));
  const freeze = createMutation(() => ({
    mutationFn: (frozen: boolean) => call(sandboxEndpoints.freeze, { body: { frozen } }),
    onSuccess: readClock,
  }));

  return {
    advance: (leap: Leap): void => start.mutate(leap),
    freeze: (frozen: boolean): void => freeze.mutate(frozen),
    get moving() {
      return running !== null || start.isPending;
    },
    get freezing() {
      return freeze.isPending;
    },
  };
}
