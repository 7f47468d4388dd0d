import { z } from 'zod';
import type { Verb } from '../../activities/platform/verb.ts';
import type { RecordVerbs } from '../../activities/platform/record/record-verbs.ts';
import { namesOf } from '../../db/platform/history/names.query.ts';
import { recordHistory } from '../../db/platform/history/record-history.query.ts';
import {
  listRecords, mergedInto, readableIds, readRecord, type RecordRow, type RecordSource,
} from '../../db/platform/record.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { namedRecords } from '../named-records.ts';
import type { StoryReader } from '../story-readers.ts';
import { serve, type Served } from './serve.ts';

/** `add` creates a record of those that are compared with what is there. */
export type ServedVerbs = RecordVerbs & {
  add?: Verb<z.ZodObject<{ force: z.ZodType; fields: z.ZodObject }>, z.ZodObject>;
};

/** The eight endpoints of a declared record; `source` says where what it shows of other rows comes from. */
export function serveRecord(record: AnyRecord, verbs: ServedVerbs, source?: RecordSource): Served {
  const found = async (read: Reader, actor: Actor, id: string): Promise<RecordRow> => {
    const row = await readRecord(read, { record, source }, actor, id);
    if (row) return row;
    const mergedIntoId = await mergedInto(read, record, actor, id);
    throw notFound(mergedIntoId ? { mergedIntoId } : {});
  };
  /** What was written, as a reader sees it; whoever gave it away by that sees nothing of other rows beside it. */
  const seen = async (read: Reader, actor: Actor, row: Record<string, unknown>): Promise<object> =>
    (source && (await readRecord(read, { record, source }, actor, row['id'] as string)))
      ?? { ...unshown(record), ...row };
  return serve(record.endpoints, {
    list: ({ read, actor, query }) => listRecords(read, { record, source }, actor, query),
    read: ({ read, actor, params }) => found(read, actor, params.id),
    create: async ({ run, read, actor, query, body }) =>
      seen(read, actor, await (verbs.add
        ? run(verbs.add, { force: query.force === 'true', fields: body }) : run(verbs.create, body))),
    patch: async ({ run, read, actor, params, body }) =>
      seen(read, actor, await run(verbs.patch, { id: params.id, fields: body })),
    put: async ({ run, read, actor, params, body }) =>
      seen(read, actor, await run(verbs.put, { id: params.id, fields: body })),
    remove: async ({ run, params }) => {
      await run(verbs.remove, params);
      return {};
    },
    restore: async ({ run, read, actor, params }) => seen(read, actor, await run(verbs.restore, params)),
    history: async ({ read, actor, params }) => {
      if (!(await readableIds(read, record, actor, [params.id])).length) throw notFound();
      const story = await recordHistory(read, record, params.id);
      const held = story.items.flatMap(item => item.changes)
        .flatMap(({ field, from, to }) => [from, to].map(value => ({ field, value })));
      return { ...story, names: Object.fromEntries(await namesOf(read, actor, namedRecords, held)) };
    },
  });
}

/** Of what a record shows of others, nothing: no name, and none of what is counted. */
function unshown({ Row, View }: AnyRecord): Record<string, unknown> {
  const shown = Object.entries(View.shape as Record<string, z.ZodType>).filter(([field]) => !(field in Row.shape));
  const nothing = ([field, shape]: [string, z.ZodType]): [string, unknown][] => {
    if (shape.safeParse(null).success) return [[field, null]];
    const none = shape instanceof z.ZodObject ? Object.fromEntries(Object.keys(shape.shape).map(key => [key, 0])) : 0;
    return shape.safeParse(none).success ? [[field, none]] : [];
  };
  return Object.fromEntries(shown.flatMap(nothing));
}

/** For `story-readers.ts`: who may read one of these records may see its events. */
export const recordReaders = (...records: AnyRecord[]): StoryReader => ({
  changedBy: records.flatMap(r => Object.values(r.events).map(e => e.name)),
  recordOf: event => event.entityId,
  readable: async (read, actor, ids) =>
    new Set((await Promise.all(records.map(r => readableIds(read, r, actor, ids)))).flat()),
});
