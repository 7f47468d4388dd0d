export interface Piece { text: string; strong: boolean }

const weekday = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const month = 'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
/** A time of day, alone or after its day: what must be remembered of a sentence. */
const moment = `(?:(?:${weekday}),? )?(?:\\d{1,2} (?:${month})(?: \\d{4})?,? )?(?:at )?\\d{1,2}:\\d{2}`;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Cuts a sentence where it should be bold: `**marked**` parts, the given names, and times. */
export function pieces(sentence: string, names: readonly string[] = []): Piece[] {
  const known = names.filter(Boolean).sort((a, b) => b.length - a.length).map(escaped);
  const bold = new RegExp([`\\*\\*(.+?)\\*\\*`, ...known, moment].join('|'), 'g');
  const found: Piece[] = [];
  let end = 0;
  for (const hit of sentence.matchAll(bold)) {
    if (hit.index > end) found.push({ text: sentence.slice(end, hit.index), strong: false });
    found.push({ text: hit[1] ?? hit[0], strong: true });
    end = hit.index + hit[0].length;
  }
  if (end < sentence.length) found.push({ text: sentence.slice(end), strong: false });
  return found;
}
