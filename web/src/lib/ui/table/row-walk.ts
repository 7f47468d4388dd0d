const elsewhere = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]';

interface Walk {
  /** Chooses the focused row, by its index. */
  choose: (index: number) => void;
  /** Shows the focused row beside the table. */
  peek?: ((index: number) => void) | undefined;
}

/**
 * What a key does in a table: j, k or the arrows focus another row, x chooses the focused one, space looks into it;
 * left and right go through the cells of a row that can be changed (`data-cell`), up and down stay in their column.
 */
export function walkRows(event: KeyboardEvent, body: HTMLElement | null, { choose, peek }: Walk): void {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest(elsewhere)) return;
  const links = [...(body?.querySelectorAll<HTMLElement>('.row-link') ?? [])];
  const focused = document.activeElement as HTMLElement;
  const row = body?.contains(focused) ? focused.closest('tr') : null;
  const index = links.findIndex(link => link.closest('tr') === row);
  const inside = row !== null && index >= 0 && focused.matches('.row-link, [data-cell]');
  const step = stepOf(event.key, inside);
  const go = (to: HTMLElement | undefined): void => {
    event.preventDefault();
    to?.focus();
  };
  if (step !== 0 && links.length > 0) {
    const next = links[inside ? Math.min(links.length - 1, Math.max(0, index + step)) : 0]!;
    const column = focused.dataset['cell'];
    const same = column && next.closest('tr')?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(column)}"]`);
    return go(inside && same ? same : next);
  }
  if (!inside) return;
  const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const places = [...row.querySelectorAll<HTMLElement>('.row-link, [data-cell]')];
  if (side !== undefined) return go(places[places.indexOf(focused) + side]);
  if (event.key === 'x') {
    event.preventDefault();
    choose(index);
  } else if (event.key === ' ' && peek) {
    event.preventDefault();
    peek(index);
  }
}

function stepOf(key: string, inside: boolean): number {
  if (key === 'j' || (inside && key === 'ArrowDown')) return 1;
  return key === 'k' || (inside && key === 'ArrowUp') ? -1 : 0;
}

/** Ids chosen after a click on the box of `index`; with shift everything from the last box on. */
export function chosenAfter(
  ids: readonly string[],
  before: ReadonlySet<string>,
  index: number,
  anchor: number,
): string[] {
  const on = !before.has(ids[index]!);
  const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)];
  const next = new Set(before);
  for (const id of ids.slice(from, to + 1)) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return [...next];
}
