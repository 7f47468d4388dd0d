import { shownFrom, type Column } from './column.ts';
import { isGap, type DrawnColumn } from './column-window.ts';

/** Class and style of a column's cells. */
export interface CellLook {
  class: string;
  style: string;
}
interface Arranged<Row> {
  strong: Column<Row> | undefined;
  /** Pixels of the reader's own. */
  widths: Readonly<Record<string, number>>;
  /** Distance from the left at which columns stay in sight; the first is that of the box. */
  stuck: readonly number[];
}

/** How the cells of each column look: the same in all rows, so that no row has to find it out. */
export function cellLooks<Row>(
  columns: readonly DrawnColumn<Row>[], { strong, widths, stuck }: Arranged<Row>,
): CellLook[] {
  const alone = columns.every(c => isGap(c) || c === strong || c.from);
  return columns.map((column, i) => {
    if (isGap(column)) return { class: '', style: '' };
    const left = stuck[i + 1];
    const look = [
      column.number && 'num',
      column.muted && 'text-muted',
      column.from && shownFrom[column.from],
      left !== undefined && 'stuck',
    ];
    const own = widths[column.key];
    const width = own === undefined ? '' : `width:${own}px;min-width:${own}px;`;
    const most = own === undefined ? (column.width ?? widest(column, alone)) : `${own}px`;
    return {
      class: look.filter(Boolean).join(' '),
      style: `${width}max-width:${most};${left === undefined ? '' : `left:${left}px;`}`,
    };
  });
}

/** On a phone a long name leaves room for what stands beside it. */
const widest = <Row>(column: Column<Row>, alone: boolean): string =>
  column.strong ? `min(360px, ${alone ? 82 : 60}vw)` : '260px';
