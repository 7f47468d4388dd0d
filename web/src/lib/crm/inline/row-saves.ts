import type { Row } from '../crm-module.ts';

type Known = Pick<Row, 'id' | 'version'>;
/** The changes of a row that were made here: when the last one is through, and which version each made of which. */
interface Saves {
  last: Promise<unknown>;
  made: Map<number, number>;
}
const saves = new Map<string, Saves>();

/**
 * Changes of one row follow each other: the next one knows the version that the last one made, also before the list is
 * read again, so that nobody is in conflict with themselves. A version that others made in between is none of these:
 * what began before it is refused. `send` answers the row as it is then.
 */
export async function saveInTurn({ id, version }: Known, send: (version: number) => Promise<Known>): Promise<void> {
  const own = saves.get(id) ?? { last: Promise.resolve(), made: new Map<number, number>() };
  saves.set(id, own);
  const mine = own.last.then(async () => {
    let from = version;
    for (let next = own.made.get(from); next !== undefined; next = own.made.get(from)) from = next;
    const to = (await send(from)).version;
    if (to !== from) own.made.set(from, to);
  });
  // One that is refused makes no version, and keeps nobody back.
  own.last = mine.catch(() => undefined);
  await mine;
}
