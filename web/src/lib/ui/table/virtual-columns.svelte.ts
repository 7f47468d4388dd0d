import { allColumnsUpTo, drawnColumns, type Edges } from './column-window.ts';
import type { Drawn } from './row-window.ts';
import { sameItems } from './steady.ts';

/** The columns of a wide table whose cells are drawn: their heads are all there, and say where they stand. */
export class VirtualColumns {
  drawn = $state.raw<Drawn>({ from: 0, to: allColumnsUpTo });
  /** Columns that the window has no room for. */
  roomless = $state.raw<ReadonlySet<string>>(new Set());

  /** Returns how to stop. */
  follow(head: HTMLElement, scroller: HTMLElement): () => void {
    let asked = 0;
    const look = (): void => {
      asked = 0;
      const cells = [...head.querySelectorAll<HTMLElement>('th[data-column]')];
      if (cells.length <= allColumnsUpTo) return;
      // Those that stay in sight are drawn always, wherever they stand just now.
      const edges = cells.map((cell): Edges =>
        cell.classList.contains('sticky') ? [0, 0] : [cell.offsetLeft, cell.offsetLeft + cell.offsetWidth]);
      const { scrollLeft, clientWidth } = scroller;
      const next = drawnColumns(edges, [scrollLeft, scrollLeft + clientWidth], this.drawn);
      const gone = cells.filter(cell => cell.offsetWidth === 0).map(cell => cell.dataset['column']!);
      if (!sameItems(gone, [...this.roomless])) this.roomless = new Set(gone);
      // What somebody is writing in stays, wherever they look meanwhile.
      const kept = isWrittenIn(scroller) ? this.drawn : next;
      const [from, to] = [Math.min(kept.from, next.from), Math.max(kept.to, next.to)];
      if (from !== this.drawn.from || to !== this.drawn.to) this.drawn = { from, to };
    };
    const later = (): void => {
      asked ||= requestAnimationFrame(look);
    };
    look();
    scroller.addEventListener('scroll', later, { passive: true });
    addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(asked);
      scroller.removeEventListener('scroll', later);
      removeEventListener('resize', later);
    };
  }
}

const isWrittenIn = (scroller: HTMLElement): boolean => {
  const at = document.activeElement;
  return scroller.contains(at) && at!.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]');
};
