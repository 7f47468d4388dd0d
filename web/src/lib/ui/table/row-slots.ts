/**
 * Which element draws which row. A row keeps its own for as long as it is drawn; those of rows that are drawn no longer
 * are used for others, so that scrolling and another order change what elements say and make none.
 */
export class RowSlots {
  #of: ReadonlyMap<string, number> = new Map();
  #next = 0;

  /** For the ids of the rows that are drawn now. Somebody stands in `held`: it becomes no other row. */
  place(ids: readonly string[], held?: number): ReadonlyMap<string, number> {
    const known = ids.filter(id => this.#of.has(id));
    const placed = new Map(known.map(id => [id, this.#of.get(id)!]));
    const free = [...this.#of].filter(([id, slot]) => !placed.has(id) && slot !== held).map(([, slot]) => slot);
    let used = 0;
    const slot = (id: string): number => placed.get(id) ?? free[used++] ?? this.#next++;
    this.#of = new Map(ids.map(id => [id, slot(id)]));
    return this.#of;
  }
}
