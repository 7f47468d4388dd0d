import type { RecordVerbs } from '../../../activities/platform/record/record-verbs.ts';
import type { Username } from '../../kit/people.ts';
import type { Example, World } from '../verb-world.ts';

type Fields = Record<string, unknown>;
interface Made {
  fields: (w: World) => Fields | Promise<Fields>;
  change: Fields;
  as?: Username;
}

/** The five verbs of a declared record: what is made, and what is changed of it. */
export function recordExamples(
  verbs: RecordVerbs, { fields, change, as = 'manager' }: Made,
): Record<keyof Omit<RecordVerbs, 'many'>, (w: World) => Promise<Example>> {
  const by = (w: World, input: unknown): Example => ({ input, as: w.as(as) });
  const made = async (w: World): Promise<string> =>
    (await w.run(verbs.create, await fields(w), w.as(as)))['id'] as string;
  return {
    create: async w => by(w, await fields(w)),
    patch: async w => by(w, { id: await made(w), fields: change }),
    put: async w => {
      const sent = await fields(w);
      const { id } = await w.run(verbs.create, sent, w.as(as));
      return by(w, { id, fields: { ...sent, ...change } });
    },
    remove: async w => by(w, { id: await made(w) }),
    restore: async w => {
      const id = await made(w);
      await w.run(verbs.remove, { id }, w.as(as));
      return by(w, { id });
    },
  };
}
