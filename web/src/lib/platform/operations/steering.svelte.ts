import { useQueryClient, type QueryClient } from '@tanstack/svelte-query';
import { operationsEndpoints } from '#domain/platform/operations/operations.contract.ts';
import { notify } from '#lib/ui/overlay/toast.ts';
import { call } from '../client.ts';
import { showProblem } from '../problem.ts';

/** How long a process may take to look at itself after it was woken. */
const lookMs = [700, 2500];

/** What administrators do to a process from outside of it; what was refused is told. */
export class Steering {
  /** The workflow id that is being retried, or the event that is being sent again. */
  busy = $state<string | null>(null);
  readonly #client: QueryClient;

  constructor(client: QueryClient = useQueryClient()) {
    this.#client = client;
  }

  async retry(workflowId: string, about: string): Promise<void> {
    this.busy = workflowId;
    try {
      const { status } = await call(operationsEndpoints.retry, { params: { workflowId } });
      notify.done(status === 'starting' ? `${about} starts again` : `${about} tries again`);
    } catch (failure) {
      showProblem(failure);
    } finally {
      this.busy = null;
      this.#readAgain();
    }
  }

  /** An event that was refused too often; the relay tells it at once. */
  async resend(eventId: number, name: string): Promise<void> {
    this.busy = `event-${eventId}`;
    try {
      await call(operationsEndpoints.resend, { params: { eventId: `${eventId}` } });
      notify.done(`${name} is sent again`);
    } catch (failure) {
      showProblem(failure);
    } finally {
      this.busy = null;
      this.#readAgain();
    }
  }

  /** Answers whether it was done. */
  async terminate(workflowId: string, about: string, reason: string): Promise<boolean> {
    try {
      await call(operationsEndpoints.terminate, { params: { workflowId }, body: { reason } });
      notify.done(`${about} is terminated`);
      return true;
    } catch (failure) {
      showProblem(failure);
      return false;
    } finally {
      this.#readAgain();
    }
  }

  /** What a process says after it has looked has no event of its own. */
  #readAgain(): void {
    const read = (): void =>
      void this.#client.invalidateQueries({
        predicate: ({ queryKey }) => /processes|operations|povs/.test(String(queryKey[1])),
      });
    read();
    for (const after of lookMs) setTimeout(read, after);
  }
}
