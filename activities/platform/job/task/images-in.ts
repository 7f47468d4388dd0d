import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { Refusal } from '../../../../domain/platform/errors.ts';

/** A small file may unpack to what no memory holds, or to more pictures than anybody asks for. */
export const imagesMax = 200,
  unpackedMax = 100_000_000;

export interface Picture {
  name: string;
  mediaType: string;
  bytes: Buffer;
}

const refused = (message: string): Refusal =>
  new Refusal('invalid', 'Validation failed', {
    fields: [{ pointer: '/payload/fileId', code: 'unreadable', message }],
  });

/** The pictures in a PDF, or in an office file, which is a zip archive. */
export function imagesIn(bytes: Buffer): Picture[] {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return picturesOf(bytes);
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return mediaOf(bytes);
  throw refused('is neither a PDF nor an office file');
}

const kinds: [extension: string, mediaType: string, begins: Buffer][] = [
  ['png', 'image/png', Buffer.from('\x89PNG\r\n', 'latin1')],
  ['jpg', 'image/jpeg', Buffer.from('\xff\xd8\xff', 'latin1')],
  ['gif', 'image/gif', Buffer.from('GIF8', 'latin1')],
  ['bmp', 'image/bmp', Buffer.from('BM', 'latin1')],
  ['jp2', 'image/jp2', Buffer.from('\0\0\0\x0cjP', 'latin1')],
  ['tif', 'image/tiff', Buffer.from('II*\0', 'latin1')],
  ['tif', 'image/tiff', Buffer.from('MM\0*', 'latin1')],
];
/** What the bytes say that they are, whatever they are called. */
const kindOf = (bytes: Buffer): (typeof kinds)[number] | undefined =>
  kinds.find(([, , begins]) => bytes.subarray(0, begins.length).equals(begins));

function numbered(found: readonly Buffer[]): Picture[] {
  return found.flatMap(bytes => {
    const kind = kindOf(bytes);
    return kind ? [{ bytes, kind }] : [];
  }).map(({ bytes, kind: [extension, mediaType] }, n) =>
    ({ name: `image-${n + 1}.${extension}`, mediaType, bytes }));
}

/** Adds up what is unpacked, and refuses what is too much. */
class Budget {
  #left = unpackedMax;
  #images = 0;
  take(size: number): void {
    this.#left -= size;
    if (this.#left < 0) throw refused('unpacks to too much');
    if (++this.#images > imagesMax) throw refused(`has more than ${imagesMax} pictures`);
  }
  get left(): number {
    return this.#left;
  }
}

function mediaOf(bytes: Buffer): Picture[] {
  const budget = new Budget();
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        const wanted = /^(word|xl|ppt)\/media\/[^/]+$|^Pictures\/[^/]+$/.test(name);
        // What it says of itself is what it is unpacked to, and no more.
        if (wanted) budget.take(originalSize);
        return wanted;
      },
    });
    const names = Object.keys(files).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    return numbered(names.map(name => Buffer.from(files[name]!)));
  } catch (e) {
    if (e instanceof Refusal) throw e;
    throw refused('is no office file that can be read');
  }
}

/** Streams stand in a PDF as they are, each behind its dictionary: those of images are found by what that says. */
function picturesOf(bytes: Buffer): Picture[] {
  const text = bytes.toString('latin1');
  if (/\/Encrypt\s+\d+\s+\d+\s+R|\/Encrypt\s*<</.test(text)) throw refused('is encrypted');
  const budget = new Budget();
  const found: Buffer[] = [];
  for (const { index } of text.matchAll(/\/Subtype\s*\/Image\b/g)) {
    const begin = text.lastIndexOf(' obj', index);
    const at = /stream\r?\n/g;
    at.lastIndex = index;
    const stream = at.exec(text);
    if (begin < 0 || !stream || stream.index - begin > 20_000) continue;
    const end = text.indexOf('endstream', at.lastIndex);
    if (end < 0) continue;
    const dictionary = text.slice(begin, stream.index);
    const length = Number(/\/Length\s+(\d+)(?!\s+\d+\s+R)\b/.exec(dictionary)?.[1] ?? end - at.lastIndex);
    const picture = pictureOf(dictionary, bytes.subarray(at.lastIndex, at.lastIndex + length), budget);
    if (picture) found.push(picture);
  }
  return numbered(found);
}

function pictureOf(dictionary: string, stream: Buffer, budget: Budget): Buffer | null {
  const named = /\/Filter\s*(?:\[([^\]]*)\]|(\/\w+))/.exec(dictionary);
  const filters = ((named?.[1] ?? named?.[2] ?? '').match(/\w+/g) ?? []) as string[];
  let data = stream;
  for (const filter of filters) {
    if (filter === 'DCTDecode' || filter === 'JPXDecode') {
      budget.take(data.length);
      return data;
    }
    if (filter !== 'FlateDecode') return null;
    const unpacked = unpackedFrom(data, budget.left);
    if (!unpacked) return null;
    data = unpacked;
  }
  budget.take(data.length);
  return pngOf(dictionary, data);
}

function unpackedFrom(data: Buffer, maxOutputLength: number): Buffer | null {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(maxOutputLength, 1) });
  } catch (e) {
    if ((e as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw refused('unpacks to too much');
    // What is broken is left out; the others are still there.
    return null;
  }
}

/** Plain pixels as a PNG: eight bits of gray or of red, green and blue; others are left out. */
function pngOf(dictionary: string, data: Buffer): Buffer | null {
  const number = (name: string): number => Number(new RegExp(`/${name}\\s+(\\d+)`).exec(dictionary)?.[1] ?? 0);
  const [width, height] = [number('Width'), number('Height')];
  if (!width || !height || number('BitsPerComponent') !== 8) return null;
  for (const components of [1, 3]) {
    const row = width * components;
    const isFiltered = data.length === height * (row + 1);
    if (!isFiltered && data.length !== height * row) continue;
    const rows = isFiltered ? data : unfiltered(data, row);
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, components === 1 ? 0 : 2, 0, 0, 0], 8);
    const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
    const pixels = deflateSync(rows);
    return Buffer.concat([
      signature, piece('IHDR', head), piece('IDAT', pixels), piece('IEND', Buffer.alloc(0)),
    ]);
  }
  return null;
}

/** A PNG says before each row how it is filtered: not at all. */
const unfiltered = (data: Buffer, row: number): Buffer =>
  Buffer.concat(
    Array.from({ length: data.length / row }, (_, n) =>
      [Buffer.alloc(1), data.subarray(n * row, (n + 1) * row)]).flat(),
  );

function piece(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, check]);
}
