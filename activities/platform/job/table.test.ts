import { describe, expect, it } from '@jest/globals';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { factsOf, rowsOf } from './read-table.ts';
import { csvOf, guarded, sheetRowsOf, unguarded, workbookOf } from './write-table.ts';

const read = async (bytes: Buffer) => {
  const facts = await factsOf(bytes);
  return { ...facts, rows: await rowsOf(bytes, facts) };
};

describe('a table is read', () => {
  it.each([
    ['with commas', 'Name,City\nAcme,Bonn\n', ','],
    ['with semicolons and quoted new lines', 'Name;City\n"Acme\nGmbH";"Bonn; North"\n', ';'],
    ['with tabs and a mark', '\uFEFFName\tCity\r\nAcme\tBonn\r\n', '\t'],
  ])('%s', async (_, text, delimiter) => {
    const file = await read(Buffer.from(text));
    expect(file).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter, header: true });
    expect(file.columns).toEqual(['Name', 'City']);
    expect(file.rows).toHaveLength(2);
  });

  it('in Latin-1 and in UTF-16', async () => {
    const latin = await read(Buffer.from('Name,City\nMüller,Köln\n', 'latin1'));
    expect([latin.encoding, latin.rows[1]]).toEqual(['windows-1252', ['Müller', 'Köln']]);
    const wide = await read(Buffer.from('\uFEFFName,City\nMüller,Köln\n', 'utf16le'));
    expect([wide.encoding, wide.rows[1]]).toEqual(['utf-16le', ['Müller', 'Köln']]);
  });

  it('without a header, and with rows of any length', async () => {
    const file = await read(Buffer.from('12,a@b.example\n13\n14,c@d.example,more\n'));
    expect(file).toMatchObject({ header: false, columns: ['Column 1', 'Column 2', 'Column 3'] });
    expect(file.rows[1]).toEqual(['13']);
  });

  it.each([
    ['NUL characters', Buffer.from('Name\0,City\n'), 'It is no text: it holds NUL characters'],
    ['too many columns', Buffer.from(`${'a,'.repeat(9_999)}a\n`), 'It has 10000 columns, at most 500 are taken'],
    ['no rows', Buffer.from('\n\n'), 'It holds no rows'],
    ['a broken archive', Buffer.from('PK\x03\x04 and no more'), 'It is no spreadsheet that can be read'],
  ])('or refused for %s', async (_, bytes, message) => {
    await expect(factsOf(bytes)).rejects.toMatchObject({ details: { fields: [{ pointer: '/fileId', message }] } });
  });

  it('or refused when a small archive unpacks to too much', async () => {
    const bomb = Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': [new Uint8Array(160_000_000), { level: 9 }] }));
    expect(bomb.length).toBeLessThan(1_000_000);
    await expect(factsOf(bomb)).rejects.toMatchObject({ details: { fields: [{ message: 'It unpacks to too much' }] } });
    await expect(factsOf(Buffer.from(zipSync({ 'a.txt': strToU8('x') })))).rejects.toThrow('Validation failed');
  });
});

it('times of a workbook are read as people see them in it, which know no zone', async () => {
  const cells = [46354.604166666664, 46354, 46354.9999999].map((value, at) =>
    `<row r="${at + 2}"><c r="A${at + 2}" s="1"><v>${value}</v></c></row>`);
  const files = unzipSync(workbookOf([sheetRowsOf([['When']], 0), Buffer.from(cells.join(''))]));
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const styles = `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`;
  const book = Buffer.from(zipSync({ ...files, 'xl/styles.xml': strToU8(styles) }));
  expect((await read(book)).rows).toEqual([['When'], ['2026-11-28 14:30:00'], ['2026-11-28'], ['2026-11-29']]);
});

describe('a table is written', () => {
  const rows = [['Name', 'Active'], ['=1+1', true], ['Ünïcode <&> "x"', null]];

  it('as CSV in which no cell is a formula, and read again as it was', async () => {
    const file = await read(csvOf(rows, true));
    expect(file.rows).toEqual([['Name', 'Active'], ["'=1+1", 'Yes'], ['Ünïcode <&> "x"', '']]);
    expect(['=1', '+1', '-1', '@x', '\tx', 'x'].map(guarded)).toEqual(["'=1", "'+1", "'-1", "'@x", "'\tx", 'x']);
    expect(["'=1+1", "'s-Gravenhage"].map(unguarded)).toEqual(['=1+1', "'s-Gravenhage"]);
  });

  it('as a workbook, from pieces', async () => {
    const file = await read(workbookOf([sheetRowsOf(rows.slice(0, 1), 0), sheetRowsOf(rows.slice(1), 1)]));
    expect(file).toMatchObject({ format: 'xlsx', columns: ['Name', 'Active'] });
    expect(file.rows).toEqual([['Name', 'Active'], ['=1+1', 'Yes'], ['Ünïcode <&> "x"', '']]);
  });
});
