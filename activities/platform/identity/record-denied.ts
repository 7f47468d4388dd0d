import { z } from 'zod';
import type { AnyEndpoint } from '../../../domain/platform/contract.ts';
import { writeAudit } from '../audit.ts';
import { run, verb, type Caller } from '../verb.ts';

const accessDenied = verb(
  {
    name: 'record-denied',
    needs: 'signed-in',
    quiet: true,
    output: z.object({}),
    input: z.object({ needs: z.string(), method: z.string(), path: z.string() }),
  },
  async (ctx, denied) => {
    const [subject = ''] = denied.needs.split(':');
    writeAudit(
      ctx.em,
      { verbName: 'record-denied', caller: { actor: ctx.actor, requestId: ctx.requestId }, now: ctx.now },
      [{ action: 'ACCESS_DENIED', tableName: subject, recordId: null, oldValues: null, newValues: denied }],
    );
    return {};
  },
);

/** An ACCESS_DENIED row for a request that the caller's role or scope does not allow (PLT-T3). */
export async function recordDenied(
  { actor, requestId }: Caller,
  { needs, method }: Pick<AnyEndpoint, 'needs' | 'method'>,
  path: string,
): Promise<void> {
  await run(accessDenied, { needs, method, path }, { actor, requestId });
}
