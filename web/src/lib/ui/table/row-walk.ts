const elsewhere = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]';

/** What a key does in a table: j, k or the arrows focus another row, x chooses the focused one (its index). */
export function walkRows(event: KeyboardEvent, body: HTMLElement | null, choose: (index: number) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest(elsewhere)) return;
  const links = [...(body?.querySelectorAll<HTMLElement>('.row-link') ?? [])];
  const index = links.indexOf(document.activeElement as HTMLElement);
  const inside = index >= 0;
  const step =
    event.key === 'j' || (inside && event.key === 'ArrowDown')
      ? 1
      : event.key === 'k' || (inside && event.key === 'ArrowUp')
        ? -1
        : 0;
  if (step !== 0 && links.length > 0) {
    event.preventDefault();
    links[inside ? Math.min(links.length - 1, Math.max(0, index + step)) : 0]!.focus();
  } else if (event.key === 'x' && inside) {
    event.preventDefault();
    choose(index);
  }
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
