import { parse } from 'csv-parse/sync';
import { unzipSync, zipSync, type Unzipped } from 'fflate';
import { columnNames } from '../../../domain/platform/job/column-names.ts';
import { dateFormatOf } from '../../../domain/platform/job/date-format.ts';
import type { FileFacts } from '../../../domain/platform/job/job.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { encodingTold } from './tell-encoding.ts';

/** Larger ones are no tables of people. */
export const rowsMax = 200_000;
const columnsMax = 500,
  unpackedMax = 150_000_000,
  headBytes = 2_000_000,
  linesMax = 1_000_000,
  sampleRows = 20,
  /** Where day and month cannot be told apart, a later row may tell. */
  lookedAtRows = 500;

type Cells = string[];
const unreadable = (message: string): Refusal =>
  new Refusal('invalid', 'Validation failed', { fields: [{ pointer: '/fileId', code: 'unreadable', message }] });

/** What kind of file it is, and what its first rows look like. */
export async function factsOf(bytes: Buffer): Promise<FileFacts> {
  const whole = isXlsx(bytes) ? await xlsxRows(bytes) : null;
  const encoding = whole ? 'utf-8' : encodingOf(bytes);
  const head = whole ? '' : headOf(textOf(bytes, encoding));
  const delimiter = whole ? null : delimiterOf(head);
  const rows = (whole ?? csvRows(head, delimiter!, lookedAtRows)).filter(saysSomething);
  const [first] = rows;
  if (!first) throw unreadable('It holds no rows');
  const width = Math.max(...rows.slice(0, sampleRows).map(r => r.length));
  if (width > columnsMax) throw unreadable(`It has ${width} columns, at most ${columnsMax} are taken`);
  const header = looksLikeHeader(first);
  const looked = rows.slice(0, lookedAtRows).flat();
  const dateFormat = dateFormatOf(looked);
  const sample = rows.slice(header ? 1 : 0, sampleRows + (header ? 1 : 0)).map(r => r.map(c => c.slice(0, 200)));
  return {
    format: whole ? 'xlsx' : 'csv',
    ...{ encoding, delimiter, header, sample },
    dateFormat,
    dateFormatSure: dateFormatOf(looked, 'DD/MM/YYYY') === dateFormat,
    columns: columnNames(header ? first : [], width),
  };
}

/** Programs end sheets with rows of nothing, and people part rows with them. */
export const saysSomething = (cells: readonly string[]): boolean => cells.some(cell => cell.trim());

/** All rows of the file, the header and those that say nothing among them: each has its number by its place. */
export async function rowsOf(bytes: Buffer, { format, encoding, delimiter }: FileFacts): Promise<Cells[]> {
  const rows =
    format === 'xlsx' ? await xlsxRows(bytes) : csvRows(textOf(bytes, encoding), delimiter ?? ',', linesMax + 1);
  if (rows.length > linesMax || rows.filter(saysSomething).length > rowsMax + 1)
    throw unreadable(`It has more than ${rowsMax.toLocaleString('en-US')} rows`);
  return rows;
}

export function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.includes(0)) throw unreadable('It is no text: it holds NUL characters');
  const told = encodingTold(bytes);
  if (told === null) throw unreadable('Its encoding cannot be told: save it as UTF-8');
  return told;
}

function textOf(bytes: Buffer, encoding: string): string {
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw unreadable('It is no text: it holds NUL characters');
  return text;
}

/** The last line may be cut; a quoted one may be, too, so that the reader of the head is told to be lenient. */
const headOf = (text: string): string =>
  text.length <= headBytes ? text : text.slice(0, Math.max(text.lastIndexOf('\n', headBytes), 1));

/** The one that gives the most columns in most of the first rows. */
export function delimiterOf(head: string): string {
  const scored = [',', ';', '\t', '|'].map(delimiter => {
    const widths = widthsOf(head, delimiter);
    const first = widths[0] ?? 1;
    return { delimiter, score: first > 1 ? widths.filter(w => w === first).length * 1000 + first : 0 };
  });
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/** None where it cannot be the one. */
function widthsOf(head: string, delimiter: string): number[] {
  try {
    return csvRows(head, delimiter, sampleRows).filter(saysSomething).map(row => row.length);
  } catch (e) {
    if (e instanceof Refusal) return [];
    throw e;
  }
}

function csvRows(text: string, delimiter: string, to: number): Cells[] {
  try {
    return parse(text, {
      ...{ delimiter, to, bom: true, relax_column_count: true, relax_quotes: true },
      ...{ max_record_size: 1_000_000, record_delimiter: ['\r\n', '\n', '\r'] },
    });
  } catch (e) {
    throw unreadable(`It cannot be read: ${(e as Error).message.slice(0, 200)}`);
  }
}

/** Names: each there, none like another's value of a kind that names never have. */
export const looksLikeHeader = (first: Cells): boolean =>
  first.some(cell => cell.trim()) && first.every(cell => !/^\s*[-+]?\d[\d.,/: -]*$|@.+\./.test(cell));

export const isXlsx = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));

async function xlsxRows(bytes: Buffer): Promise<Cells[]> {
  // Few programs ever read one, and loading it is felt at each start.
  const { readSheet } = await import('read-excel-file/node');
  const plain = Buffer.from(zipSync(unpacked(bytes), { level: 0 }));
  const rows = await readSheet(plain).catch(() => {
    throw unreadable('It is no spreadsheet that can be read');
  });
  return rows.map(row => row.map(cellText));
}

/** A small archive may unpack to what no memory holds: what it says of itself is added up first, and held to. */
function unpacked(bytes: Buffer): Unzipped {
  let size = 0;
  try {
    return unzipSync(bytes, {
      filter: file => {
        size += file.originalSize;
        if (size > unpackedMax) throw unreadable('It unpacks to too much');
        return true;
      },
    });
  } catch (e) {
    if (e instanceof Refusal) throw e;
    throw unreadable('It is no spreadsheet that can be read');
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  // A sheet knows no time zone: it is the time that people see in it, and kept as a fraction of a day.
  if (cell instanceof Date)
    return new Date(Math.round(+cell / 1000) * 1000).toISOString().replace(/(T00:00:00)?\.000Z$/, '').replace('T', ' ');
  return String(cell).replaceAll('\0', '');
}
