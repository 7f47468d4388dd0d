import { drawnRows, fetchedAhead, fewest, type Drawn } from './row-window.ts';

/**
 * The rows of a long table that are drawn: those in sight and some around them. Follows every scroller that the table
 * stands in.
 */
export class VirtualRows {
  drawn = $state.raw<Drawn>({ from: 0, to: fewest });
  /** Height of a row in pixels, measured. */
  row = $state(34);

  /** Returns how to stop. */
  follow(body: HTMLElement, count: number, ended: () => void): () => void {
    let asked = 0;
    const look = (): void => {
      asked = 0;
      const first = body.querySelector<HTMLElement>('tr[data-row]');
      if (first?.offsetHeight) this.row = first.offsetHeight;
      const { top } = body.getBoundingClientRect();
      const next = drawnRows(count, { top, height: innerHeight, row: this.row, before: this.drawn });
      if (next.from !== this.drawn.from || next.to !== this.drawn.to) this.drawn = next;
      if (count > 0 && top + count * this.row < innerHeight + fetchedAhead * this.row) ended();
    };
    const later = (): void => {
      asked ||= requestAnimationFrame(look);
    };
    look();
    addEventListener('scroll', later, { capture: true, passive: true });
    addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(asked);
      removeEventListener('scroll', later, { capture: true });
      removeEventListener('resize', later);
    };
  }
}
