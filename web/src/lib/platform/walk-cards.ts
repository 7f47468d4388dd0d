const elsewhere = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]';

/** j and k go through the cards of a column, h and l (and the arrows) to the columns beside it. */
export function walkCards(event: KeyboardEvent, root: HTMLElement | null): void {
  if (!root || event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest(elsewhere)) return;
  const columns = [...root.querySelectorAll('[data-column]')].map(c => [
    ...c.querySelectorAll<HTMLElement>('[data-card]'),
  ]);
  const column = columns.findIndex(cards => cards.includes(document.activeElement as HTMLElement));
  const inside = column >= 0;
  const row = inside ? columns[column]!.indexOf(document.activeElement as HTMLElement) : 0;
  const arrows = inside ? { ArrowDown: 'j', ArrowUp: 'k', ArrowLeft: 'h', ArrowRight: 'l' } : {};
  const key = (arrows as Record<string, string>)[event.key] ?? event.key;
  if (!'jkhl'.includes(key) || key.length !== 1) return;
  const target = !inside
    ? columns.find(c => c.length)?.[0]
    : key === 'j'
      ? columns[column]![row + 1]
      : key === 'k'
        ? columns[column]![row - 1]
        : beside(columns, column, key === 'l' ? 1 : -1, row);
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The card at the same height in the next column that has any. */
function beside(columns: HTMLElement[][], from: number, by: 1 | -1, row: number): HTMLElement | undefined {
  for (let at = from + by; at >= 0 && at < columns.length; at += by) {
    const cards = columns[at]!;
    if (cards.length) return cards[Math.min(row, cards.length - 1)];
  }
  return undefined;
}
