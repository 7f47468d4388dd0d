import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import PDFDocument from 'pdfkit';
import { groupRows, sumOf } from './group-rows.ts';
import { imagesIn, imagesMax, unpackedMax } from './images-in.ts';
import { pdfOf } from './pdf-of.ts';

const jpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc00011080002000203012200021101031101ffd9', 'hex',
);

/** A PDF with these pictures, as a widely used library writes it. */
async function pdfWith(...pictures: Buffer[]): Promise<Buffer> {
  const doc = new PDFDocument();
  const pieces: Buffer[] = [];
  const ended = new Promise<void>(resolve => {
    doc.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => resolve());
  });
  for (const picture of pictures) doc.image(picture);
  doc.end();
  await ended;
  return Buffer.concat(pieces);
}
/** One stream behind a dictionary, as PDFs have images. */
const rawPdf = (dictionary: string, data: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Type /XObject /Subtype /Image ${dictionary} >>\nstream\n`), data,
    Buffer.from('\nendstream\nendobj\n'),
  ]);

describe('pictures in a file', () => {
  it('are those of a PDF: as they are, or as PNG where they are pixels', async () => {
    const [photo] = imagesIn(await pdfWith(jpeg));
    expect([photo!.name, photo!.mediaType, photo!.bytes.equals(jpeg)]).toEqual(['image-1.jpg', 'image/jpeg', true]);
    const pixels = Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]);
    const about = '/Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode';
    const [drawn] = imagesIn(rawPdf(about, deflateSync(pixels)));
    expect(drawn).toMatchObject({ name: 'image-1.png', mediaType: 'image/png' });
    // And what was made of it is a picture that the same library takes.
    const again = imagesIn(await pdfWith(drawn!.bytes));
    expect(again).toHaveLength(1);
    expect(again[0]!.bytes.readUInt32BE(16)).toBe(2);
  });

  it('are the media of an office file, by what they are and not by what they are called', () => {
    const zip = zipSync({
      'xl/media/image2.png': jpeg, 'xl/media/image10.emf': Buffer.from('?'), 'xl/workbook.xml': Buffer.from('<x/>'),
      'elsewhere/a.jpg': jpeg,
    });
    expect(imagesIn(Buffer.from(zip)).map(p => [p.name, p.mediaType])).toEqual([['image-1.jpg', 'image/jpeg']]);
  });

  it.each<[string, () => Buffer, string]>([
    ['that is none', () => Buffer.from('Hello'), 'is neither'],
    ['that is encrypted', () => Buffer.from('%PDF-1.7\ntrailer << /Encrypt 5 0 R >>'), 'encrypted'],
    ['that is cut', () => Buffer.from('PK\x03\x04 and no more', 'latin1'), 'no office file'],
    ['with too many', () => Buffer.from(zipSync(Object.fromEntries(
      Array.from({ length: imagesMax + 1 }, (_, n) => [`xl/media/${n}.jpg`, jpeg])))), 'more than 200'],
    ['that unpacks to too much', () => Buffer.from(
      zipSync({ 'xl/media/a.png': new Uint8Array(unpackedMax + 1) }, { level: 1 })), 'too much'],
    ['whose picture unpacks to too much', () => rawPdf(
      '/Width 9 /Height 9 /BitsPerComponent 8 /Filter /FlateDecode', deflateSync(Buffer.alloc(unpackedMax + 1))),
    'too much'],
  ])('of a file %s are refused', (_, bytes, why) => {
    expect(() => imagesIn(bytes())).toThrow(expect.objectContaining({
      details: { fields: [expect.objectContaining({ message: expect.stringContaining(why) })] },
    }));
  });

  it('that are broken are left out', () => {
    const size = '/Width 2 /Height 2 /BitsPerComponent';
    expect(imagesIn(rawPdf(`${size} 8 /Filter /FlateDecode`, Buffer.from('?')))).toEqual([]);
    expect(imagesIn(rawPdf(`${size} 1 /Filter /CCITTFaxDecode`, jpeg))).toEqual([]);
  });
});

describe('a PDF', () => {
  const streams = (pdf: Buffer): string =>
    [...pdf.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, data]) => {
      try {
        return inflateSync(Buffer.from(data!, 'latin1')).toString('latin1');
      } catch {
        return '';
      }
    }).join('\n');

  it('knows the letters of many languages, and goes on over pages with its heading', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => [`Łódź ${n}`, 'Ελλάδα, Москва, Ørsted '.repeat(3)]);
    const pdf = await pdfOf({ title: 'Accounts', note: 'Today', columns: ['Name', 'Note'], rows });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(2);
    // What the letters of its fonts stand for: Ł, ź, λ, М, Ø.
    for (const letter of ['0141', '017a', '03bb', '041c', '00d8']) expect(streams(pdf)).toContain(letter);
  });

  it('is there without rows, and with a cell that is longer than a page', async () => {
    const empty = await pdfOf({ title: 'Nothing', note: '', columns: ['Name'], rows: [] });
    expect(empty.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    const long = await pdfOf({ title: 'Long', note: '', columns: ['A', 'B'], rows: [['x '.repeat(9_000), 'y']] });
    expect(long.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeLessThan(4);
  });
});

describe('a report', () => {
  it.each([
    [['1', '2'], '3'], [['0.1', '0.2'], '0.3'], [['-5', '2.50'], '-2.5'], [[], '0'], [['', 'x', '7'], '7'],
    [['9007199254740993', '0.000001'], '9007199254740993.000001'],
  ])('adds up %j as %s', (values, sum) => expect(sumOf(values)).toBe(sum));

  it('counts by a field, in its order, with all of them last', () => {
    const rows = [{ by: 'B', n: '1' }, { by: 'A', n: '2' }, { by: 'B', n: '3' }, { by: '', n: '' }];
    expect(groupRows(rows, 'by', ['n'])).toEqual([
      ['(none)', '1', '0'], ['A', '1', '2'], ['B', '2', '4'], ['Total', '4', '6'],
    ]);
  });
});
