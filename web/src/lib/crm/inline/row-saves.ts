import type { Row } from '../crm-module.ts';

type Known = Pick<Row, 'id' | 'version'>;
/** The version that the last change of a row made, or makes; one that is refused makes none. */
const made = new Map<string, Promise<number>>();

/**
 * Changes of one row follow each other: the next one knows the version that the last one made, also before the list is
 * read again, so that nobody is in conflict with themselves. `send` answers the row as it is then.
 */
export async function saveInTurn({ id, version }: Known, send: (version: number) => Promise<Known>): Promise<void> {
  const last = made.get(id) ?? Promise.resolve(version);
  const mine = last.then(async newest => (await send(Math.max(newest, version))).version);
  made.set(id, mine.catch(() => last));
  await mine;
}
