import { cellText, type Column } from './column.ts';

/** What one character takes of the height of its text, in our font, by kind; what is not named is a small letter. */
const kinds: readonly (readonly [characters: string, part: number])[] = [
  [' .,:;\'|!iljI', 0.29],
  ['frt()[]/"*-–', 0.42],
  ['ABCDEFGHJKLNOPQRSTUVXYZ&', 0.71],
  ['mwMW@%', 0.95],
  ['0123456789$#+=<>', 0.64],
];
const parts = new Map(kinds.flatMap(([characters, part]) => [...characters].map(c => [c, part] as const)));
const small = 0.6,
  broad = 1.04;
/** So many letters of a text are counted: no column is wide enough for more. */
export const counted = 80;

/** How wide a text is, in pixels, by counting: a little more than it is, so that it has room. */
export function textWidth(text: string, px: number): number {
  let sum = 0;
  for (const character of text.slice(0, counted))
    sum += parts.get(character) ?? (character >= '\u1100' ? broad : small);
  return sum * px * 1.05;
}

/** Pixels beside the text: of each cell, of the arrow of a sorted head, of an icon or a picture in what is drawn. */
export const beside = 20;
const padding = beside,
  arrow = 20,
  picture = 30;
const least = 80,
  most = 260,
  mostOfName = 360,
  ofMenu = 64;
/** So many rows say how wide a column is. */
export const sampled = 40;

/** An instant is drawn in fewer words than it is kept in. */
const drawnText = (text: string): string => (/^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 16) : text);

interface Fitted {
  px: number;
  /** Some row has something to say in it. */
  told: boolean;
}
/** How wide a column has to be for its head and the text of some rows. */
export function fittedWidth<Row>(column: Column<Row>, rows: readonly Row[], drawn = false): Fitted {
  if (column.hideLabel) return { px: ofMenu, told: true };
  const head = textWidth(column.label, 12) * 1.04 + (column.sort ? arrow : 0);
  const texts = rows.map(row => drawnText(cellText(column, row))).filter(text => text !== '–');
  const cell = Math.max(0, ...texts.map(text => textWidth(text, 13))) * (column.strong ? 1.04 : 1);
  const inside = Math.max(head, cell > 0 && drawn ? cell + picture : cell);
  const atMost = Math.max(column.strong ? mostOfName : most, head + padding);
  return { px: Math.ceil(Math.min(atMost, Math.max(least, inside + padding))), told: texts.length > 0 };
}

/** The same for all columns of a table; what was found once stays, so that what is read does not jump. */
export class FittedWidths<Row> {
  readonly #found = new Map<string, number>();
  /** Of columns that are empty so far: other rows may say more. */
  readonly #guessed = new Map<string, number>();
  #rows: readonly Row[] = [];

  of(column: Column<Row>, rows: readonly Row[], drawn: boolean): number {
    if (rows !== this.#rows) this.#guessed.clear();
    this.#rows = rows;
    const known = this.#found.get(column.key) ?? this.#guessed.get(column.key);
    if (known !== undefined) return known;
    const { px, told } = fittedWidth(column, rows, drawn);
    (told ? this.#found : this.#guessed).set(column.key, px);
    return px;
  }
}
