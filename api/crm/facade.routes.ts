import { listRecords, readRecord, type RecordSource } from '../../db/platform/record.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { ownNames, ownQuery, proveGiven, withNames, type Facade } from '../../domain/crm/facade.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { ServedVerbs } from '../platform/record.routes.ts';
import { serve, type Served } from '../platform/serve.ts';

type Fields = Record<string, unknown>;

/** A record under its other path: the same verbs and reads; `unless` holds what a new one is when nothing is said. */
export function serveFacade(
  facade: Facade,
  { verbs, source, unless }: { verbs: ServedVerbs; source: RecordSource; unless?(sent: Fields): Fields },
): Served {
  const { record } = facade;
  const shown = async (read: Reader, actor: Actor, id: unknown): Promise<Fields> => {
    const row = await readRecord(read, { record, source }, actor, id as string);
    if (!row) throw notFound();
    return withNames(facade, row);
  };
  // Who may not see it is told nothing of what was sent.
  return serve(facade.endpoints, {
    list: async ({ read, actor, query }) => {
      const list = await listRecords(read, { record, source }, actor, ownQuery(facade, query));
      return { ...list, items: list.items.map(row => withNames(facade, row)) };
    },
    create: async ({ run, read, actor, query, body }) => {
      const fields = ownNames(facade, body);
      proveGiven(facade, fields);
      const whole = { ...unless?.(fields), ...fields };
      const row: Fields = await (verbs.add
        ? run(verbs.add, { force: query.force === 'true', fields: whole }) : run(verbs.create, whole));
      return shown(read, actor, row['id']);
    },
    read: ({ read, actor, params }) => shown(read, actor, params.id),
    patch: async ({ run, read, actor, params, body }) => {
      await shown(read, actor, params.id);
      await run(verbs.patch, { id: params.id, fields: ownNames(facade, body) });
      return shown(read, actor, params.id);
    },
    put: async ({ run, read, actor, params, body }) => {
      await shown(read, actor, params.id);
      const fields = ownNames(facade, body);
      proveGiven(facade, fields);
      await run(verbs.put, { id: params.id, fields });
      return shown(read, actor, params.id);
    },
    remove: async ({ run, params }) => {
      await run(verbs.remove, params);
      return {};
    },
  });
}
