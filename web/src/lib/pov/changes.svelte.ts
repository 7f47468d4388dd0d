import { useQueryClient, type QueryClient } from '@tanstack/svelte-query';
import { ApiError } from '#lib/platform/client.ts';
import { isStale, problemText, requestIdOf } from '#lib/platform/problem.ts';
import { notify } from '#lib/ui/overlay/toast.ts';

/** Reads everything anew that shows this POV, and the lists that it may stand in. */
export async function refreshPov(client: QueryClient, povId: string): Promise<void> {
  await client.invalidateQueries({
    predicate: ({ queryKey }) =>
      (['povs', 'pov-board'].includes(String(queryKey[0])) && !/:/.test(String(queryKey[1]))) ||
      JSON.stringify(queryKey).includes(povId),
  });
}

/** Writing calls about a POV: one at a time by name, what was refused is told, then what is shown is read anew. */
export class Changes {
  /** The name of the call that is under way. */
  busy = $state<string | null>(null);
  readonly #client: QueryClient;

  constructor(client: QueryClient = useQueryClient()) {
    this.#client = client;
  }

  /** Undefined when it was refused; `told: false` leaves the telling to the caller, by an exception. */
  async run<T>(povId: string, name: string, send: () => Promise<T>, { told = true } = {}): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = name;
    try {
      const answer = await send();
      await refreshPov(this.#client, povId);
      return answer;
    } catch (failure) {
      // What is shown is old: saving again must know the newest version.
      if (isStale(failure)) await refreshPov(this.#client, povId);
      if (!told) throw failure;
      tellRefusal(failure);
      return undefined;
    } finally {
      this.busy = null;
    }
  }
}

/** Every reason in its own line (POV-036). */
export function tellRefusal(failure: unknown): void {
  const reasons = failure instanceof ApiError ? failure.reasons : [];
  notify.failed(reasons.length > 1 ? 'This was refused' : problemText(failure), {
    description: reasons.length > 1 ? reasons.join('\n') : undefined,
    requestId: requestIdOf(failure),
  });
}
