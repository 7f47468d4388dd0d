import { endOwnSessions, endUserSessions } from '../../../activities/platform/identity/end-sessions.ts';
import { openSessionsOf } from '../../../db/platform/identity/sign-in-entries.query.ts';
import { userById } from '../../../db/platform/identity/users.query.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { signInEntryEndpoints } from '../../../domain/platform/identity/sign-in-entry.contract.ts';
import { serve } from '../serve.ts';

export const signInEntryRoutes = serve(signInEntryEndpoints, {
  mine: async ({ read, actor }) => ({ items: await openSessionsOf(read, actor.userId!, actor.sessionId) }),
  endOthers: ({ run }) => run(endOwnSessions, {}),
  endMine: async ({ params, run }) => {
    await run(endOwnSessions, params);
    return {};
  },
  ofUser: async ({ params, read, actor }) => {
    if (!(await userById(read, params.id))) throw notFound();
    return { items: await openSessionsOf(read, params.id, actor.sessionId) };
  },
  endAllOfUser: ({ params, run }) => run(endUserSessions, { userId: params.id }),
  endOfUser: async ({ params, run }) => {
    await run(endUserSessions, { userId: params.id, id: params.sessionId });
    return {};
  },
});
