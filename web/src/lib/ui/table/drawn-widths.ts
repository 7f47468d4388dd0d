import { sameItems } from './steady.ts';

/** What a table of few columns finds out of what is drawn: the browser gives its columns their widths. */

const headsOf = (head: HTMLElement): HTMLElement[] => [...(head.children as HTMLCollectionOf<HTMLElement>)];

/** Tells where each of the first cells of a head begins, as long as it is followed; returns how to stop. */
export function followLefts(head: HTMLElement | null, count: number, tell: (lefts: number[]) => void): () => void {
  const cells = head ? headsOf(head).slice(0, count) : [];
  let before: number[] | undefined;
  const measure = (): void => {
    let left = 0;
    const lefts = cells.map(cell => (left += cell.offsetWidth) - cell.offsetWidth);
    if (before && sameItems(lefts, before)) return;
    before = lefts;
    tell(lefts);
  };
  measure();
  const watch = new ResizeObserver(measure);
  for (const cell of cells) watch.observe(cell);
  return () => watch.disconnect();
}

/** What comes into sight makes columns wider, and never narrower: what is read does not jump. */
export function keepWidths(head: HTMLElement, own: Readonly<Record<string, number>>): void {
  const cells = headsOf(head).filter(cell => cell.dataset['column'] && !own[cell.dataset['column']]);
  // All are read before the first is written: a read behind a write would lay the whole table out again.
  const measured = cells.map(cell => cell.offsetWidth);
  for (const [at, cell] of cells.entries()) cell.style.minWidth = `${measured[at]}px`;
}
export function freeWidths(head: HTMLElement): void {
  for (const cell of headsOf(head)) cell.style.minWidth = '';
}
