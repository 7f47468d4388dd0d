import { createMutation, useQueryClient, type QueryClient, type QueryKey } from '@tanstack/svelte-query';
import { instanceEndpoints } from '#domain/approvals/instance.contract.ts';
import { instanceStatus, type Instance } from '#domain/approvals/instance.ts';
import type { Step } from '#domain/approvals/step.ts';
import { ApiError, call, newKey } from '#lib/platform/client.ts';
import { keyOf } from '#lib/platform/query.ts';
import { useMe } from '#lib/platform/session.svelte.ts';
import { useClock } from '#lib/ui/time/clock.svelte.ts';

export interface Decided {
  instance: Instance;
  step: Step;
  decision: 'approved' | 'rejected';
  comment: string;
}
interface Listed {
  items: Instance[];
  total?: number;
}
type Kept = [QueryKey, unknown][];

/**
 * Approving and rejecting: shown at once, taken back with the reason when it is refused. An answer that got lost is
 * asked for again with the same key, so that it counts once.
 */
export function useDecision(after: {
  done?: (answer: Instance, given: Decided) => void;
  refused: (error: unknown, given: Decided) => void;
}) {
  const client = useQueryClient();
  const me = useMe();
  const clock = useClock();
  const keys = new Map<string, string>();

  return createMutation(() => ({
    mutationFn: async (given: Decided): Promise<Instance> => {
      const { instance, step, decision, comment } = given;
      const what = JSON.stringify([instance.id, step.id, decision, comment]);
      const idempotencyKey = keys.get(what) ?? newKey();
      keys.set(what, idempotencyKey);
      const body = { stepId: step.stepId, comment, subjectVersion: instance.subjectVersion ?? undefined };
      const params = { id: instance.id };
      return decision === 'approved'
        ? call(instanceEndpoints.approve, { params, body }, { idempotencyKey })
        : call(instanceEndpoints.reject, { params, body }, { idempotencyKey });
    },
    onMutate: async (given: Decided): Promise<Kept> => {
      const about = { queryKey: ['workflows'] };
      await client.cancelQueries(about);
      const kept = client.getQueriesData(about) as Kept;
      show(client, decidedLocally(given, me.user, clock.now));
      return kept;
    },
    onError: (error: unknown, given: Decided, kept: Kept | undefined) => {
      for (const [key, data] of kept ?? []) client.setQueryData(key, data);
      if (error instanceof ApiError && error.status !== 0) keys.clear();
      after.refused(error, given);
    },
    onSuccess: (answer: Instance, given: Decided) => {
      show(client, answer);
      after.done?.(answer, given);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['workflows'] }),
  }));
}

/** What the answer will be: the same rule as the API's. */
export function decidedLocally(
  { instance, step, decision, comment }: Decided,
  by: { id: string; name: string },
  now: number,
): Instance {
  const at = new Date(now).toISOString();
  const steps = instance.steps.map(s =>
    s.id === step.id
      ? { ...s, status: decision, comment: comment || null, decidedBy: by.id, decidedByName: by.name, decidedAt: at }
      : s,
  );
  return { ...instance, steps, status: instanceStatus(steps), updatedAt: at };
}

/** Puts a changed approval wherever it is shown; it leaves the lists of what waits. */
function show(client: QueryClient, changed: Instance): void {
  const list = keyOf(instanceEndpoints.list);
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: list.slice(0, 2) })) {
    const waiting = JSON.stringify(queryKey[3] ?? {}).includes('waitingForMe');
    client.setQueryData<Listed>(
      queryKey,
      data =>
        data &&
        (waiting
          ? without(data, changed.id)
          : {
              ...data,
              items: data.items.map(i => (i.id === changed.id ? changed : i)),
            }),
    );
  }
  const one = keyOf(instanceEndpoints.read, { params: { id: changed.id } });
  client.setQueryData<Instance>(one, data => data && { ...data, ...changed });
}

function without(data: Listed, id: string): Listed {
  const items = data.items.filter(i => i.id !== id);
  const gone = data.items.length - items.length;
  return { ...data, items, ...(data.total === undefined ? {} : { total: data.total - gone }) };
}
