import type { RecordVerbs } from '../../activities/platform/record/record-verbs.ts';
import { listRecords, readableIds, readRecord, recordHistory } from '../../db/platform/record.query.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import type { StoryReader } from '../story-readers.ts';
import { serve, type Served } from './serve.ts';

/** The eight endpoints of a declared record. */
export const serveRecord = (record: AnyRecord, verbs: RecordVerbs): Served =>
  serve(record.endpoints, {
    list: ({ read, actor, query }) => listRecords(read, record, actor, query),
    read: async ({ read, actor, params }) => {
      const row = await readRecord(read, record, actor, params.id);
      if (!row) throw notFound();
      return row;
    },
    create: ({ run, body }) => run(verbs.create, body),
    patch: ({ run, params, body }) => run(verbs.patch, { id: params.id, fields: body }),
    put: ({ run, params, body }) => run(verbs.put, { id: params.id, fields: body }),
    remove: async ({ run, params }) => {
      await run(verbs.remove, params);
      return {};
    },
    restore: ({ run, params }) => run(verbs.restore, params),
    history: async ({ read, actor, params }) => {
      if (!(await readableIds(read, record, actor, [params.id])).length) throw notFound();
      return { items: await recordHistory(read, record, params.id) };
    },
  });

/** For `story-readers.ts`: who may read one of these records may see its events. */
export const recordReaders = (...records: AnyRecord[]): StoryReader => ({
  changedBy: records.flatMap(r => Object.values(r.events).map(e => e.name)),
  recordOf: event => event.entityId,
  readable: async (read, actor, ids) =>
    new Set((await Promise.all(records.map(r => readableIds(read, r, actor, ids)))).flat()),
});
