import { MediaQuery } from 'svelte/reactivity';
import type { Column } from './column.ts';
import { FittedWidths, sampled } from './column-width.ts';
import { columnsAtFirst, drawnColumns, edgesOf, type Edges } from './column-window.ts';
import type { Drawn } from './row-window.ts';
import { sameItems, steadily } from './steady.ts';

/** The windows that have no room for a column (`shownFrom`). */
const narrower = {
  sm: new MediaQuery('width < 40rem'), md: new MediaQuery('width < 48rem'),
  lg: new MediaQuery('width < 64rem'), xl: new MediaQuery('width < 80rem'),
};
/** Of a cell, beside its text; of the last head, which the menu of columns stands over. */
const beside = 10,
  besideMenu = 36;
const boxRoom = 24;
/** On a phone a long name leaves room for what stands beside it. */
const nameOnPhone = 210;

/** What a table is made of, as it is now. */
interface Arranged<Row> {
  readonly columns: readonly Column<Row>[];
  /** Pixels of the reader's own. */
  readonly own: Readonly<Record<string, number>>;
  readonly rows: readonly Row[];
  /** Columns whose cells are drawn by the page. */
  readonly drawn: Readonly<Record<string, unknown>>;
  readonly strong: Column<Row> | undefined;
  /** A box stands before the columns. */
  readonly boxed: boolean;
  /** So many first columns stay in sight. */
  readonly pinned: number;
  /** Pixels beside the table. */
  readonly gutter: number;
  readonly hasMenu: boolean;
}

/**
 * The columns of a wide table: how wide each of them is and where it stands is reckoned, since to find it out the
 * browser would lay out the whole table; and so are those whose cells are drawn, by where the reader is.
 */
export class VirtualColumns<Row> {
  readonly #given: Arranged<Row>;
  readonly #fitted = new FittedWidths<Row>();
  readonly #steadyRows = steadily<readonly Row[]>(sameItems);
  readonly #steadyPixels = steadily<readonly number[]>(sameItems);
  readonly #steadyStuck = steadily<readonly number[]>(sameItems);
  /** What there is room for at once, in pixels, and how far it is scrolled to the side. */
  #room = $state(0);
  #left = $state(0);
  #scroller: HTMLElement | null = null;
  #before: Drawn = { from: 0, to: columnsAtFirst };

  constructor(given: Arranged<Row>) {
    this.#given = given;
  }

  readonly #sample = $derived.by(() => this.#steadyRows(this.#given.rows.slice(0, sampled)));
  /** Columns that the window has no room for; the server knows none. */
  readonly roomless: ReadonlySet<string> = $derived.by(
    () => new Set(this.#given.columns.filter(c => this.#room && c.from && narrower[c.from].current).map(c => c.key)),
  );
  /** How wide the box is. */
  readonly box = $derived.by(() => (this.#given.boxed ? this.#given.gutter + boxRoom : 0));
  /** How wide each column is. */
  readonly pixels = $derived.by(() => this.#steadyPixels(this.#found()));
  /** Of all of them. */
  readonly total = $derived.by(() => this.pixels.reduce((sum, px) => sum + px, this.box));
  readonly #stays = $derived.by(() => (narrower.sm.current ? 0 : this.#given.pinned));
  /** Where the box and each pinned column stay. On a phone they would leave no room for the rest. */
  readonly stuck = $derived.by(() => {
    const count = this.#stays;
    const lefts = edgesOf(this.pixels.slice(0, count), this.box).map(([left]) => left);
    return this.#steadyStuck(count ? [0, ...lefts] : []);
  });
  readonly drawn = $derived.by((): Drawn => {
    // Those that stay in sight are drawn always, wherever they stand just now.
    const edges = edgesOf(this.pixels, this.box).map((edge, at): Edges => (at < this.#stays ? [0, 0] : edge));
    const next = drawnColumns(edges, [this.#left, this.#left + this.#room], this.#before);
    // What somebody is writing in stays, wherever they look meanwhile.
    const kept = this.#scroller && isWrittenIn(this.#scroller) ? this.#before : next;
    const [from, to] = [Math.min(kept.from, next.from), Math.max(kept.to, next.to)];
    if (from !== this.#before.from || to !== this.#before.to) this.#before = { from, to };
    return this.#before;
  });

  /** How wide a column is; undefined of those at the edges, which have more beside their text. */
  between(column: Column<Row>): number | undefined {
    const at = this.#given.columns.indexOf(column);
    return at > 0 && at < this.#given.columns.length - 1 ? this.pixels[at] : undefined;
  }

  #found(): number[] {
    const { columns, own, drawn, strong, boxed, gutter, hasMenu } = this.#given;
    const widthOf = (column: Column<Row>, at: number): number => {
      if (this.roomless.has(column.key)) return 0;
      const ofReader = own[column.key];
      if (ofReader !== undefined) return ofReader;
      const fitted = this.#fitted.of(column, this.#sample, column.key in drawn);
      const first = at === 0 && !boxed ? gutter - beside : 0;
      const last = at === columns.length - 1 ? Math.max(gutter, hasMenu ? besideMenu : 0) - beside : 0;
      return (column === strong && narrower.sm.current ? Math.min(fitted, nameOnPhone) : fitted) + first + last;
    };
    const pixels = columns.map(widthOf);
    // The last one has what is left of a window that is wider than all of them.
    const rest = this.#room - pixels.reduce((sum, px) => sum + px, this.box);
    const last = pixels.findLastIndex(px => px > 0);
    if (rest > 0 && last >= 0) pixels[last]! += rest;
    return pixels;
  }

  /** Returns how to stop. */
  follow(scroller: HTMLElement): () => void {
    let asked = 0;
    this.#scroller = scroller;
    const look = (): void => {
      asked = 0;
      this.#left = scroller.scrollLeft;
    };
    const later = (): void => {
      asked ||= requestAnimationFrame(look);
    };
    const measure = (): void => {
      this.#room = scroller.clientWidth;
    };
    measure();
    look();
    const watch = new ResizeObserver(measure);
    watch.observe(scroller);
    scroller.addEventListener('scroll', later, { passive: true });
    return () => {
      watch.disconnect();
      cancelAnimationFrame(asked);
      scroller.removeEventListener('scroll', later);
    };
  }
}

const isWrittenIn = (scroller: HTMLElement): boolean => {
  const at = document.activeElement;
  return scroller.contains(at) && at!.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]');
};
