export interface Piece { text: string; strong: boolean }

const weekday = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const month = '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|'
  + 'Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\b';
const date = `(?:(?:${weekday}),? )?\\b\\d{1,2} ${month}(?: \\d{4}\\b)?`;
const time = '\\b\\d{1,2}:\\d{2}\\b';
const moment = `(?:${date}(?:,? (?:at )?${time})?|(?:(?:${weekday}),? (?:at )?)?${time})`;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Cuts a sentence where it should be bold: `**marked**` parts, the given names, and when something will be. */
export function pieces(sentence: string, names: readonly string[] = []): Piece[] {
  const known = names.filter(Boolean).sort((a, b) => b.length - a.length).map(escaped);
  // Since when it lasts is not what must be remembered: matched first, it stays plain.
  const cuts = new RegExp(['\\*\\*(.+?)\\*\\*', `(?<plain>since ${moment})`, ...known, moment].join('|'), 'g');
  const found: Piece[] = [];
  let end = 0;
  for (const hit of sentence.matchAll(cuts)) {
    if (hit.index > end) found.push({ text: sentence.slice(end, hit.index), strong: false });
    found.push({ text: hit[1] ?? hit[0], strong: !hit.groups?.['plain'] });
    end = hit.index + hit[0].length;
  }
  if (end < sentence.length) found.push({ text: sentence.slice(end), strong: false });
  return found;
}
