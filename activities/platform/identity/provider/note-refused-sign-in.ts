import { z } from 'zod';
import { SignInRefusal } from '../../../../domain/platform/identity/sign-in-refusal.ts';
import { writeAudit } from '../../audit.ts';
import { verb } from '../../verb.ts';

/** A LOGIN row for a sign-in by a provider that ended without a session (PLT-021, 024). */
export const noteRefusedSignIn = verb(
  {
    name: 'note-refused-sign-in',
    needs: 'process',
    quiet: true,
    input: z.object({
      userId: z.uuid().nullable(),
      by: z.string(),
      why: SignInRefusal,
      problem: z.string().max(300).nullable(),
      email: z.string().nullable(),
    }),
    output: z.object({}),
  },
  async (ctx, { userId, ...said }) => {
    await writeAudit(
      ctx.em,
      { verbName: 'sign-in', caller: { actor: ctx.actor, requestId: ctx.requestId }, now: ctx.now },
      [
        {
          action: 'LOGIN',
          tableName: 'app_user',
          recordId: userId,
          oldValues: null,
          newValues: { outcome: 'refused', ...said },
        },
      ],
    );
    return {};
  },
);
