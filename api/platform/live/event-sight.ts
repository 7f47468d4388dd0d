import type { EventRow } from '../../../db/platform/events.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { events } from '../../../domain/index.ts';
import type { EventView } from '../../../domain/platform/event.contract.ts';
import { processHeld, processResumed } from '../../../domain/platform/operations/process-hold.ts';
import { allows } from '../../../domain/platform/permission.ts';
import { storyReaders, type StoryReader } from '../../story-readers.ts';

/** Platform events about nobody in particular that everybody may know. */
const harmless = new Set(['platform.clock.moved']);
const knownForMs = 30_000;

/** Which events one reader may see. Remembers for a short time which records are readable. */
export class EventSight {
  readonly #records = new Map<StoryReader, Map<string, { readable: boolean; until: number }>>();

  /** Those of the rows that the actor may see, in their order. */
  async visible(read: Reader, actor: Actor, rows: readonly EventRow[]): Promise<EventRow[]> {
    for (const row of rows) this.#forget(row);
    const everything = allows(actor.ability, 'audit-log:read');
    if (!everything) await this.#ask(read, actor, rows.filter(row => !concerns(row, actor)));
    return rows.filter(row => {
      if (concerns(row, actor)) return true;
      // What the platform tells one person is for that person alone.
      if (areaOf(row) === 'platform' && !ofRecords.has(row.name))
        return harmless.has(row.name) || (everything && row.concerns.length === 0);
      return everything || readersOf(row).some(r => this.#known(r).get(r.recordOf(row))?.readable === true);
    });
  }

  #known(reader: StoryReader): Map<string, { readable: boolean; until: number }> {
    const known = this.#records.get(reader) ?? new Map<string, { readable: boolean; until: number }>();
    this.#records.set(reader, known);
    return known;
  }

  /** Somebody joined or left: ask again who may read. */
  #forget(row: EventRow): void {
    for (const reader of Object.values(storyReaders).flat())
      if (reader.changedBy.includes(row.name)) this.#known(reader).delete(reader.recordOf(row));
  }

  async #ask(read: Reader, actor: Actor, rows: readonly EventRow[]): Promise<void> {
    const now = Date.now();
    for (const reader of new Set(rows.flatMap(readersOf))) {
      const known = this.#known(reader);
      for (const [id, { until }] of known) if (until < now) known.delete(id);
      const of = rows.filter(row => readersOf(row).includes(reader)).map(row => reader.recordOf(row));
      const ids = [...new Set(of)].filter(id => !known.has(id));
      if (!ids.length) continue;
      const readable = await reader.readable(read, actor, ids);
      for (const id of ids) known.set(id, { readable: readable.has(id), until: now + knownForMs });
    }
  }
}

const areaOf = (row: { name: string }): string => row.name.split('.')[0]!;
/** What happens to the process of a record is seen by those who may see the record, whichever area it is of. */
const ofRecords = new Set([processHeld.name, processResumed.name]);
const everyReader = [...new Set(Object.values(storyReaders).flat())];
const readersOf = (row: { name: string }): readonly StoryReader[] => {
  if (ofRecords.has(row.name)) return everyReader;
  return (Object.hasOwn(storyReaders, areaOf(row)) ? storyReaders[areaOf(row)] : undefined) ?? [];
};
const concerns = (row: EventRow, actor: Actor): boolean => actor.userId !== null && row.concerns.includes(actor.userId);

const aliases = new Map(events.map(e => [e.name, e.aliases ?? []]));
const canonical = new Map(events.flatMap(e => (e.aliases ?? []).map(alias => [alias, e.name])));

const hidden = new Map(events.map(e => [e.name, e.hides ?? []]));

export const viewOf = ({ concerns: _, payload, ...row }: EventRow): EventView => ({
  ...row,
  payload: Object.fromEntries(Object.entries(payload).filter(([field]) => !hidden.get(row.name)?.includes(field))),
  aliases: [...(aliases.get(row.name) ?? [])],
});

/** The names of `?name=`, aliases replaced by what they stand for. */
export const eventNames = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map(n => n.trim())
    .filter(Boolean)
    .map(n => canonical.get(n) ?? n);
