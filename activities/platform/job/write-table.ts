import { stringify } from 'csv-stringify/sync';
import { strToU8, zipSync } from 'fflate';
import { wordsText } from '../../../domain/platform/shape/word-list.ts';

/** A spreadsheet program would take such a text for a formula. */
const formula = /^[=+\-@\t\r]/;

/** A text that a spreadsheet program shows and does not run. */
export const guarded = (text: string): string => (formula.test(text) ? `'${text}` : text);
/** The same as it was before: an export can be imported again. */
export const unguarded = (text: string): string =>
  text[0] === "'" && formula.test(text.slice(1)) ? text.slice(1) : text;

/** A value as people read it. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return wordsText(value.map(shown));
  if (typeof value === 'object') {
    const { fullName, name } = value as { fullName?: string; name?: string };
    return fullName ?? name ?? JSON.stringify(value);
  }
  return String(value);
}

/** Rows as lines of CSV; the first ones of a file begin with the mark by which Excel knows UTF-8. */
export const csvOf = (rows: readonly unknown[][], first: boolean): Buffer =>
  Buffer.from(
    (first ? '\uFEFF' : '') +
      stringify(rows.map(row => row.map(v => guarded(shown(v)))), {
        record_delimiter: 'windows',
        // A line that ends within a cell, otherwise than those of the file do.
        quoted_match: /[\r\n]/,
      }),
  );

/** Rows as a piece of a sheet, the first of them `from` from its top. */
export const sheetRowsOf = (rows: readonly unknown[][], from: number): Buffer =>
  Buffer.from(rows.map((row, i) => rowOf(row, from + i + 1)).join(''));

const rowOf = (row: readonly unknown[], nth: number): string =>
  `<row r="${nth}">${row.map((value, at) => cell(shown(value), `${letters(at)}${nth}`)).join('')}</row>`;
const cell = (text: string, at: string): string =>
  `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
const letters = (at: number): string =>
  (at >= 26 ? letters(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26));
const escaped = (text: string): string =>
  text
    .slice(0, 32_767)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);

const office = 'http://schemas.openxmlformats.org';
const xml = (body: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`);
const sheets = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const part = (path: string, kind: string): string =>
  `<Override PartName="${path}" ContentType="${sheets}.${kind}+xml"/>`;
const relation = (to: string, kind: string): Uint8Array =>
  xml(`<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Target="${to}"
    Type="${office}/officeDocument/2006/relationships/${kind}"/></Relationships>`);

/** A workbook of one sheet from its pieces; all cells are texts, so that none is a formula. */
export function workbookOf(pieces: readonly Buffer[]): Buffer {
  const main = `${office}/spreadsheetml/2006/main`;
  const sheet = Buffer.concat([
    xml(`<worksheet xmlns="${main}"><sheetData>`), ...pieces, Buffer.from('</sheetData></worksheet>'),
  ]);
  const files = {
    '[Content_Types].xml': xml(`<Types xmlns="${office}/package/2006/content-types">
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
      ${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/worksheets/sheet1.xml', 'worksheet')}</Types>`),
    '_rels/.rels': relation('xl/workbook.xml', 'officeDocument'),
    'xl/workbook.xml': xml(`<workbook xmlns="${main}" xmlns:r="${office}/officeDocument/2006/relationships"><sheets>
      <sheet name="Export" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': relation('worksheets/sheet1.xml', 'worksheet'),
    'xl/worksheets/sheet1.xml': new Uint8Array(sheet),
  };
  return Buffer.from(zipSync(files, { level: 4 }));
}
