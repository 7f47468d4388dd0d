import type { EventRow } from '../../../db/platform/events.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { events } from '../../../domain/index.ts';
import type { EventView } from '../../../domain/platform/event.contract.ts';
import { allows } from '../../../domain/platform/permission.ts';
import { storyReaders } from '../../story-readers.ts';

/** Platform events about nobody in particular that everybody may know. */
const harmless = new Set(['platform.clock.moved']);
const knownForMs = 30_000;

/** Which events one reader may see. Remembers for a short time whose stories are readable. */
export class EventSight {
  readonly #stories = new Map<string, { readable: boolean; until: number }>();

  /** Those of the rows that the actor may see, in their order. */
  async visible(read: Reader, actor: Actor, rows: readonly EventRow[]): Promise<EventRow[]> {
    for (const row of rows) this.#forget(row);
    const everything = allows(actor.ability, 'audit-log:read');
    const asked = everything ? [] : rows.filter(row => !concerns(row, actor) && areaOf(row) in storyReaders);
    await this.#ask(read, actor, asked);
    return rows.filter(row => {
      if (concerns(row, actor)) return true;
      // What the platform tells one person is for that person alone.
      if (areaOf(row) === 'platform') return harmless.has(row.name) || (everything && row.concerns.length === 0);
      return everything || this.#stories.get(keyOf(row))?.readable === true;
    });
  }

  /** Somebody joined or left: ask again who may read. */
  #forget(row: EventRow): void {
    for (const [area, { changedBy }] of Object.entries(storyReaders)) {
      if (changedBy.includes(row.name)) this.#stories.delete(`${area}:${row.storyId}`);
    }
  }

  async #ask(read: Reader, actor: Actor, rows: readonly EventRow[]): Promise<void> {
    const now = Date.now();
    for (const [key, known] of this.#stories) if (known.until < now) this.#stories.delete(key);
    const unknown = rows.filter(row => !this.#stories.has(keyOf(row)));
    for (const area of new Set(unknown.map(areaOf))) {
      const ids = [...new Set(unknown.filter(row => areaOf(row) === area).map(row => row.storyId))];
      const readable = await storyReaders[area]!.readable(read, actor, ids);
      for (const id of ids) this.#stories.set(`${area}:${id}`, { readable: readable.has(id), until: now + knownForMs });
    }
  }
}

const areaOf = (row: { name: string }): string => row.name.split('.')[0]!;
const keyOf = (row: EventRow): string => `${areaOf(row)}:${row.storyId}`;
const concerns = (row: EventRow, actor: Actor): boolean => actor.userId !== null && row.concerns.includes(actor.userId);

const aliases = new Map(events.map(e => [e.name, e.aliases ?? []]));
const canonical = new Map(events.flatMap(e => (e.aliases ?? []).map(alias => [alias, e.name])));

export const viewOf = ({ concerns: _, ...row }: EventRow): EventView => ({
  ...row,
  aliases: [...(aliases.get(row.name) ?? [])],
});

/** The names of `?name=`, aliases replaced by what they stand for. */
export const eventNames = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map(n => n.trim())
    .filter(Boolean)
    .map(n => canonical.get(n) ?? n);
