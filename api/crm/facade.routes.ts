import { listRecords, readRecord, type RecordSource } from '../../db/platform/record.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { ownNames, ownQuery, proveGiven, withNames, type Facade } from '../../domain/crm/facade.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { ServedVerbs } from '../platform/record.routes.ts';
import { serve, type HandlerArgs, type Served } from '../platform/serve.ts';

type Fields = Record<string, unknown>;
interface Behind {
  verbs: ServedVerbs;
  source: RecordSource;
  /** What a new one is when nothing is said. */
  unless?(sent: Fields): Fields;
  /** Before anything else is done; it may refuse. */
  first?(args: Pick<HandlerArgs, 'read' | 'req' | 'res' | 'services'>): Promise<void>;
}

/** A record under its other path: the same verbs and reads. */
export function serveFacade(facade: Facade, { verbs, source, unless, first }: Behind): Served {
  const { record } = facade;
  const shown = async (read: Reader, actor: Actor, id: unknown): Promise<Fields> => {
    const row = await readRecord(read, { record, source }, actor, id as string);
    if (!row) throw notFound();
    return withNames(facade, row);
  };
  const after = <Args extends HandlerArgs, Answer>(handle: (args: Args) => Promise<Answer>) =>
    async (args: Args): Promise<Answer> => {
      await first?.(args);
      return handle(args);
    };
  // Who may not see it is told nothing of what was sent.
  return serve(facade.endpoints, {
    list: after(async ({ read, actor, query }) => {
      const list = await listRecords(read, { record, source }, actor, ownQuery(facade, query));
      return { ...list, items: list.items.map(row => withNames(facade, row)) };
    }),
    create: after(async ({ run, read, actor, query, body }) => {
      const fields = ownNames(facade, body);
      proveGiven(facade, fields);
      const whole = { ...unless?.(fields), ...fields };
      const row: Fields = await (verbs.add
        ? run(verbs.add, { force: query.force === 'true', fields: whole }) : run(verbs.create, whole));
      return shown(read, actor, row['id']);
    }),
    read: after(({ read, actor, params }) => shown(read, actor, params.id)),
    patch: after(async ({ run, read, actor, params, body }) => {
      await shown(read, actor, params.id);
      await run(verbs.patch, { id: params.id, fields: ownNames(facade, body) });
      return shown(read, actor, params.id);
    }),
    put: after(async ({ run, read, actor, params, body }) => {
      await shown(read, actor, params.id);
      const fields = ownNames(facade, body);
      proveGiven(facade, fields);
      await run(verbs.put, { id: params.id, fields });
      return shown(read, actor, params.id);
    }),
    remove: after(async ({ run, params }) => {
      await run(verbs.remove, params);
      return {};
    }),
  });
}
