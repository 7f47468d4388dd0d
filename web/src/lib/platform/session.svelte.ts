import { getContext, setContext } from 'svelte';
import type { Needs } from '#domain/platform/contract.ts';
import { abilityFor, allows, allowsOn, type Ability, type PermissionRow, type Scoped } from '#domain/platform/permission.ts';

/** The answer of `GET /api/auth/session`: who is signed in, where, and what the role may do. */
export interface Session {
  user: { id: string; name: string; email: string; role: string; tenantId: string };
  tenant: { id: string; slug: string; name: string; sandbox: boolean; timeZone: string };
  permissions: Omit<PermissionRow, 'role'>[];
  clock: { offsetMs: number; frozenAt: number | null };
}

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
  /** For at least some records. */
  may(needs: Needs): boolean { return allows(this.#ability, needs); }
  /** For this record. */
  mayOn(needs: Needs, record: Scoped): boolean { return allowsOn(this.#ability, needs, record); }
}

const key = Symbol('me');
export const provideMe = (session: () => Session): Me => setContext(key, new Me(session));
export const useMe = (): Me => getContext<Me>(key);
