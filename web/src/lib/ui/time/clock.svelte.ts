import { getContext, hasContext, setContext } from 'svelte';

interface Start { offsetMs?: number; frozenAt?: number | null; zone?: string }

/** What time it is for the reader: a workspace may be shifted or stand still. Ticks every 20 s. */
export class Clock {
  #machine = $state(Date.now());
  #offsetMs = $state(0);
  #frozenAt = $state<number | null>(null);
  /** IANA name; undefined is the machine's own. */
  zone = $state<string | undefined>();

  constructor(start: Start = {}) { this.set(start); }

  get now(): number { return this.#frozenAt ?? this.#machine + this.#offsetMs; }
  get frozen(): boolean { return this.#frozenAt !== null; }

  set({ offsetMs = 0, frozenAt = null, zone = this.zone }: Start): void {
    this.#machine = Date.now();
    this.#offsetMs = offsetMs;
    this.#frozenAt = frozenAt;
    this.zone = zone;
  }
  /** Starts the ticking; returns how to stop it. */
  run(): () => void {
    const timer = setInterval(() => { this.#machine = Date.now(); }, 20_000);
    return () => clearInterval(timer);
  }
}

const key = Symbol('clock');
export const provideClock = (clock: Clock): Clock => setContext(key, clock);
export const useClock = (): Clock => (hasContext(key) ? getContext<Clock>(key) : new Clock());
