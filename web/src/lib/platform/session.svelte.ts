import { getContext, setContext } from 'svelte';
import type { z } from 'zod';
import type { Needs } from '#domain/platform/contract.ts';
import { abilityFor, allows, allowsOn, type Ability, type Scoped } from '#domain/platform/permission.ts';
import type { Session as SessionShape } from '#domain/platform/identity/session.ts';

export type Session = z.output<typeof SessionShape>;

/** The reader, with the questions that pages ask: the same rules as the API's. */
export class Me {
  readonly #session: () => Session;
  readonly #ability: Ability;

  constructor(session: () => Session) {
    this.#session = session;
    this.#ability = $derived(abilityFor(session().permissions, session().user.id));
  }

  get user(): Session['user'] { return this.#session().user; }
  get tenant(): Session['tenant'] { return this.#session().tenant; }
  get permissions(): Session['permissions'] { return this.#session().permissions; }
  /** For at least some records. */
  may(needs: Needs): boolean { return allows(this.#ability, needs); }
  /** For this record. */
  mayOn(needs: Needs, record: Scoped): boolean { return allowsOn(this.#ability, needs, record); }
}

const key = Symbol('me');
export const provideMe = (session: () => Session): Me => setContext(key, new Me(session));
export const useMe = (): Me => getContext<Me>(key);
