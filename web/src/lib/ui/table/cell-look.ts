import type { Snippet } from 'svelte';
import { shownFrom, type Column } from './column.ts';
import { beside, counted, textWidth } from './column-width.ts';
import { isGap, type DrawnColumn, type Gap } from './column-window.ts';
import { sameItems } from './steady.ts';

/** What was changed in its cell, as it is shown: over the link of its row. */
export const cellLook =
  '-mx-1.5 flow-root min-h-6 cursor-text truncate rounded-sm px-1.5 leading-6 -outline-offset-2 hover:bg-surface-2';

/** Cells that can be changed in their place: plain until somebody begins to, so that long lists are quick. */
export interface EditableCells<Row> {
  keys: ReadonlySet<string>;
  /** Draws a cell that is being changed, or was. */
  begun: Snippet<[Row, Column<Row>]>;
}

/** The cells of a column: the same in all rows, so that no row has to find it out. */
export interface Cell<Row> {
  key: string;
  column: Column<Row>;
  /** Text alone, or text that can be changed; else something is drawn, or leads somewhere. */
  kind: 'text' | 'edit' | 'drawn';
  edits: boolean;
  class: string;
  style: string;
  /** Pixels for its text, where they are known, and its class where it fits: what is cut is a layer of its own. */
  room: number | undefined;
  fitting: string;
}
interface Arranged<Row> {
  strong: Column<Row> | undefined;
  /** Pixels of the reader's own. */
  widths: Readonly<Record<string, number>>;
  /** Distance from the left at which columns stay in sight. */
  stuck: Readonly<Record<string, number>>;
  /** Columns whose cells are drawn by the page. */
  drawn: Readonly<Record<string, unknown>>;
  edits: ReadonlySet<string> | undefined;
  /** The heads say how wide a cell is, and the link of a row ends at its cell. */
  wide: boolean;
  /** How wide a column is, where that is reckoned. */
  pixels: (column: Column<Row>) => number | undefined;
}

/** How the cells of each column look. */
export function cellsOf<Row>(
  columns: readonly DrawnColumn<Row>[], { strong, widths, stuck, drawn, edits, wide, pixels }: Arranged<Row>,
): (Cell<Row> | Gap)[] {
  const alone = columns.every(c => isGap(c) || c === strong || c.from);
  return columns.map(column => {
    if (isGap(column)) return column;
    const { key } = column;
    const left = stuck[key];
    const isPlain = column !== strong && !(key in drawn);
    const kind = !isPlain ? 'drawn' : edits?.has(key) ? 'edit' : 'text';
    const look = [
      column.number && 'num',
      column.muted && 'text-muted',
      column.from && shownFrom[column.from],
      left !== undefined ? 'stuck' : wide && column === strong && 'relative',
      kind === 'text' && column.strong && 'font-strong',
    ];
    const own = widths[key];
    const width = own === undefined ? '' : `width:${own}px;min-width:${own}px;`;
    const most = own === undefined ? (column.width ?? widest(column, alone)) : `${own}px`;
    const classes = look.filter(Boolean).join(' ');
    const px = key in drawn ? undefined : pixels(column);
    return {
      key, column, kind, edits: Boolean(edits?.has(key)),
      class: classes, fitting: `${classes} overflow-visible`, room: px && px - beside,
      style: `${wide ? '' : `${width}max-width:${most};`}${left === undefined ? '' : `left:${left}px;`}`,
    };
  });
}

/** Whether a text is sure to be no wider than its cell. */
export const fits = <Row>({ room, column }: Cell<Row>, text: string): boolean =>
  room !== undefined && text.length <= counted && known.test(text) &&
  textWidth(text, 13) * (column.strong ? 1.04 : 1) <= room;
/** Letters whose width is known: others are as broad as capitals, or come from fonts of the reader's machine. */
const known = /^[\u0020-\u007e\u00e0-\u00ff\u2010-\u2026]*$/;

/** On a phone a long name leaves room for what stands beside it. */
const widest = <Row>(column: Column<Row>, alone: boolean): string =>
  column.strong ? `min(360px, ${alone ? 82 : 60}vw)` : '260px';

type Item<Row> = Cell<Row> | Gap;
const sameItem = <Row>(a: Item<Row>, b: Item<Row>): boolean =>
  isGap(a) || isGap(b)
    ? isGap(a) && isGap(b) && a.span === b.span
    : a.column === b.column && a.kind === b.kind && a.edits === b.edits && a.class === b.class && a.style === b.style &&
      a.room === b.room;

/** Answers cells that are as they were by what it answered before: rows draw only those anew that are others. */
export function steadyCells<Row>(): (next: Item<Row>[]) => Item<Row>[] {
  let before = new Map<string, Item<Row>>(),
    kept: Item<Row>[] = [];
  return next => {
    const items = next.map(item => {
      const known = before.get(item.key);
      return known && sameItem(known, item) ? known : item;
    });
    before = new Map(items.map(item => [item.key, item]));
    if (!sameItems(items, kept)) kept = items;
    return kept;
  };
}
