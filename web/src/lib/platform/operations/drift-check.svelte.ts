import { useQueryClient, type QueryClient } from '@tanstack/svelte-query';
import type { z } from 'zod';
import { operationsEndpoints } from '#domain/platform/operations/operations.contract.ts';
import { processEndpoints } from '#domain/platform/process.contract.ts';
import { call } from '../client.ts';
import { showProblem } from '../problem.ts';

type Page = z.output<typeof processEndpoints.drift.returns>;

/** Compares what database and engine know of each process, page by page, and repairs all or one. */
export class DriftCheck {
  checked = $state(0);
  drift = $state<Page['drift']>([]);
  busy = $state(false);
  done = $state(false);
  failure = $state<unknown>(null);
  /** The workflow id that is being repaired by itself. */
  repairing = $state<string | null>(null);
  readonly #client: QueryClient;

  constructor(client: QueryClient = useQueryClient()) {
    this.#client = client;
  }

  async run(repair: boolean): Promise<void> {
    if (this.busy) return;
    Object.assign(this, { busy: true, failure: null, checked: 0, drift: [] });
    try {
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page: Page = await call(processEndpoints.drift, { body: { repair, cursor, limit: 100 } });
        this.checked += page.checked;
        this.drift.push(...page.drift);
        cursor = page.nextCursor;
      }
      this.done = true;
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.busy = false;
      // Comparing notes what failed.
      this.#readAgain();
    }
  }

  async repair(workflowId: string): Promise<void> {
    this.repairing = workflowId;
    try {
      await call(operationsEndpoints.retry, { params: { workflowId } });
      this.drift = this.drift.map(d => (d.workflowId === workflowId ? { ...d, repaired: true } : d));
    } catch (failure) {
      showProblem(failure);
    } finally {
      this.repairing = null;
      this.#readAgain();
    }
  }

  #readAgain(): void {
    void this.#client.invalidateQueries({ predicate: ({ queryKey }) => /processes|operations/.test(String(queryKey[1])) });
  }
}
