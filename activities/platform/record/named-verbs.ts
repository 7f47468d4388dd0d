import type { RecordVerbs } from './record-verbs.ts';

const actions = { create: 'create', patch: 'patch', put: 'replace', remove: 'remove', restore: 'restore' } as const;
type Named<Name extends string> = {
  [Action in keyof typeof actions as `${(typeof actions)[Action]}${Name}`]: RecordVerbs[Action];
};

/** The five verbs of a record by their names in the register: `createWarehouse`, `patchWarehouse`, … */
export const namedVerbs = <Name extends string>(name: Name, verbs: RecordVerbs): Named<Name> =>
  byName<unknown>(name, verbs) as Named<Name>;

/** What is said of each of the five, by the same names. */
export const byName = <Of>(name: string, of: Record<keyof typeof actions, Of>): Record<string, Of> =>
  Object.fromEntries(
    Object.entries(actions).map(([action, word]) => [`${word}${name}`, of[action as keyof typeof actions]]),
  );
