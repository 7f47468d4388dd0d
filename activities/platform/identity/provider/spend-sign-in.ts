import { z } from 'zod';
import { signInMinutes } from '../../../../domain/platform/identity/provider-sign-in.contract.ts';
import { verb } from '../../verb.ts';

/** A sign-in comes back from its provider once: the second time it is not fresh. */
export const spendSignIn = verb(
  {
    name: 'spend-sign-in',
    needs: 'process',
    quiet: true,
    input: z.object({ stateHash: z.string().length(64) }),
    output: z.object({ fresh: z.boolean() }),
  },
  async ({ em, id, tenantId }, { stateHash }) => {
    await em.execute(
      'delete from spent_sign_in where recorded_at < now() - make_interval(mins => ?)',
      [2 * signInMinutes],
      'run',
    );
    const [spent] = await em.execute<unknown[]>(
      `insert into spent_sign_in (id, tenant_id, state_hash) values (?, ?, ?) on conflict do nothing
       returning 1 as one`,
      [id(), tenantId, stateHash],
    );
    return { fresh: spent !== undefined };
  },
);
