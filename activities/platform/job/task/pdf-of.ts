import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';

const fonts = createRequire(import.meta.url);
const regular = fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold = fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

export interface PdfTable {
  title: string;
  /** Said below the title: when and of what it is. */
  note: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

const margin = 40, gap = 8, size = 8;
/** So much of a long text is shown in a cell. */
const cellTextMax = 500;

/** A table as pages of A4, its heading on each of them; wide tables lie across. */
export async function pdfOf({ title, note, columns, rows }: PdfTable): Promise<Buffer> {
  const layout = columns.length > 4 ? 'landscape' : 'portrait';
  // Loaded for the first of them: it takes a tenth of the start of a program, and few programs ever make one.
  const { default: Document } = await import('pdfkit');
  const doc = new Document({ size: 'A4', layout, margin, bufferPages: true, info: { Title: title } });
  const pieces: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (piece: Buffer) => pieces.push(piece));
    doc.on('end', () => resolve(Buffer.concat(pieces)));
    doc.on('error', reject);
  });
  doc.font(bold).fontSize(14).text(title);
  doc.font(regular).fontSize(size).fillColor('#666666').text(note).moveDown().fillColor('#000000');
  const width = (doc.page.width - 2 * margin - gap * (columns.length - 1)) / columns.length;
  const bottom = (): number => doc.page.height - margin - 2 * size;

  const line = (cells: readonly string[], font: string): void => {
    doc.font(font).fontSize(size);
    const texts = cells.map(text => text.slice(0, cellTextMax));
    const height = Math.max(size, ...texts.map(text => doc.heightOfString(text, { width })));
    if (doc.y + height > bottom()) {
      doc.addPage();
      if (font === regular) line(columns, bold);
      doc.font(font).fontSize(size);
    }
    const top = doc.y;
    for (const [n, text] of texts.entries())
      doc.text(text, margin + n * (width + gap), top, { width, height: bottom() - top, ellipsis: true });
    doc.x = margin;
    doc.y = Math.min(top + height + 4, bottom());
    doc.moveTo(margin, doc.y - 2).lineTo(doc.page.width - margin, doc.y - 2).lineWidth(0.3).stroke('#cccccc');
  };
  line(columns, bold);
  for (const row of rows) line(row, regular);
  numberPages(doc);
  doc.end();
  return done;
}

function numberPages(doc: InstanceType<typeof PDFDocument>): void {
  const { start, count } = doc.bufferedPageRange();
  for (let n = 0; n < count; n++) {
    doc.switchToPage(start + n);
    // Below the margin, where text would otherwise begin another page.
    doc.page.margins.bottom = 0;
    doc.font(regular).fontSize(7).fillColor('#666666')
      .text(`${n + 1} / ${count}`, margin, doc.page.height - margin + 4, { align: 'right' });
  }
}
