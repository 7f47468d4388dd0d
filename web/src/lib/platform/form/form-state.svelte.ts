import type { z } from 'zod';
import { tick } from 'svelte';
import { ApiError } from '../client.ts';
import { fieldErrors, isStale, problemText, showProblem } from '../problem.ts';
import { queryClient } from '../query.ts';
import { shapeErrors } from './shape-errors.ts';

/** What somebody types until it is saved: errors stand at their fields, and no failure loses the input (PLT-116). */
export class FormState<Values extends object> {
  values: Values = $state()!;
  errors = $state<Record<string, string>>({});
  busy = $state(false);
  /** A newer version was saved meanwhile: sending again saves over it. */
  stale = $state<string | null>(null);
  /** What may be there already, where it was not added because of that. */
  candidates = $state<ApiError['candidates']>([]);
  readonly #fields: readonly string[];
  #before = $state('');

  /** `fields`: names whose errors the form shows; all others become a notice. */
  constructor(values: Values, fields: readonly string[]) {
    this.values = values;
    this.#fields = fields;
    this.#before = JSON.stringify(values);
  }

  get changed(): boolean {
    return JSON.stringify(this.values) !== this.#before;
  }
  /** The names of values that differ from the first ones. */
  changedKeys(): (keyof Values)[] {
    const before = JSON.parse(this.#before) as Values;
    const keys = Object.keys(this.values) as (keyof Values)[];
    return keys.filter(key => JSON.stringify(this.values[key]) !== JSON.stringify(before[key]));
  }
  /** What is there now is saved, or does not count any more. */
  settle(): void {
    this.#before = JSON.stringify(this.values);
  }

  /** Checks the body by the contract's own shape, then sends it. Undefined when it was not saved. */
  async save<Answer>(shape: z.ZodType, body: unknown, send: () => Promise<Answer>): Promise<Answer | undefined> {
    if (this.busy) return undefined;
    this.errors = shapeErrors(shape, body);
    if (Object.keys(this.errors).length > 0) return this.#failed();
    this.busy = true;
    this.candidates = [];
    try {
      const answer = await send();
      this.settle();
      return answer;
    } catch (failure) {
      this.errors = fieldErrors(failure);
      if (isStale(failure)) {
        // Whoever then saves over it does so over the version that is there by now.
        await queryClient().invalidateQueries();
        this.stale = problemText(failure);
      } else if (failure instanceof ApiError && failure.candidates.length) this.candidates = failure.candidates;
      else showProblem(failure, this.#fields);
      return this.#failed();
    } finally {
      this.busy = false;
    }
  }

  /** Brings the reader to the first wrong field. */
  async #failed(): Promise<undefined> {
    await tick();
    document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
    return undefined;
  }
}
