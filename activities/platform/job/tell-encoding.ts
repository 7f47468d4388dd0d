import { isUtf8 } from 'node:buffer';

/** What a text holds where a character could not be read; in Windows-1252 also the places that have none. */
const lost = /[\uFFFD\u0080-\u009F]/;
export const hasLost = (text: string): boolean => lost.test(text);

const counted = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
const decoded = (bytes: Buffer, encoding: string): string => new TextDecoder(encoding).decode(bytes);

/**
 * In which encoding bytes without a mark are written, or null if in none that is known. A text of which some characters
 * are broken is still in its encoding: the rows that have them say so.
 */
export function encodingTold(bytes: Buffer): string | null {
  if (isUtf8(bytes) || isMostlyUtf8(bytes)) return 'utf-8';
  if (isJapanese(decoded(bytes, 'euc-jp'), true)) return 'euc-jp';
  if (shareOf(bytes, 0x81, 0x9f) > 0.1 && isJapanese(decoded(bytes, 'shift_jis'), false)) return 'shift_jis';
  return isWestern(bytes) ? 'windows-1252' : null;
}

/** Letters of Latin-1 are no sequences of UTF-8: where these are more than what is broken, it is UTF-8. */
function isMostlyUtf8(bytes: Buffer): boolean {
  const text = decoded(bytes, 'utf-8');
  return counted(text, /[^\0-\x7f\uFFFD]/g) > counted(text, /\uFFFD/g);
}

/**
 * Western letters can be read as Japanese, too, but these stand one by one inside words of ASCII, and many pairs are no
 * character. Chinese and Korean have the pairs of EUC-JP, but write no kana.
 */
function isJapanese(text: string, withKana: boolean): boolean {
  const foreign = counted(text, /[^\0-\x7f]/g);
  const inWords = counted(text, /(?<=[A-Za-z])[^\0-\x7f]|[^\0-\x7f](?=[A-Za-z])/g);
  const broken = counted(text, /[\uFFFD\uE000-\uF8FF]/g);
  if (withKana && !/[\u3040-\u30FF]/.test(text)) return false;
  return inWords < foreign / 2 && broken <= foreign / 10;
}

/** Of the bytes that are no ASCII. */
function shareOf(bytes: Buffer, from: number, to: number): number {
  let all = 0,
    some = 0;
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    all += 1;
    if (byte >= from && byte <= to) some += 1;
  }
  return some / all;
}

/** Letters with accents stand by one or two; Cyrillic, Chinese and Korean read so are rows of them. */
function isWestern(bytes: Buffer): boolean {
  const runs = bytes.toString('latin1').match(/[\xa1-\xff]+/g) ?? [];
  const inRows = runs.reduce((sum, { length }) => sum + (length > 2 ? length : 0), 0);
  return inRows * 2 <= runs.reduce((sum, { length }) => sum + length, 0);
}
