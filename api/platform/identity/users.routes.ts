import { createUser } from '../../../activities/platform/identity/create-user.ts';
import { updateUser } from '../../../activities/platform/identity/update-user.ts';
import { recordHistory } from '../../../db/platform/history/record-history.query.ts';
import { listPeople, listUsers, listUserSummaries, userById } from '../../../db/platform/identity/users.query.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { userEndpoints } from '../../../domain/platform/identity/user.contract.ts';
import { User } from '../../../domain/platform/identity/user.ts';
import { allows } from '../../../domain/platform/permission.ts';
import { serve } from '../serve.ts';

export const userRoutes = serve(userEndpoints, {
  people: ({ read, query, actor }) => listPeople(read, query, allows(actor.ability, 'user:read')),
  users: ({ read, query }) => listUserSummaries(read, query),
  list: ({ read, query }) => listUsers(read, query),
  create: ({ body, run }) => run(createUser, body),
  read: async ({ params, read }) => {
    const user = await userById(read, params.id);
    if (!user) throw notFound();
    return user;
  },
  history: async ({ params, read }) => {
    if (!(await userById(read, params.id))) throw notFound();
    return recordHistory(read, { tableName: 'app_user', View: User }, params.id);
  },
  replace: ({ params, body, run }) => run(updateUser, { ...body, id: params.id }),
  patch: ({ params, body, run }) => run(updateUser, { ...body, id: params.id }),
  deactivate: async ({ params, run }) => {
    await run(updateUser, { id: params.id, active: false });
    return {};
  },
});
