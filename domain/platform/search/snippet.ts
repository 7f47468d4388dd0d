/** As the search folds texts: no case, no accents. One character stays one, so that places stay the same. */
const folded = (text: string): string =>
  [...text].map(c => c.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().slice(0, c.length).padEnd(c.length)).join('');

const around = 40;

/** The piece of the text where the words stand; null where the title says it already, or nothing of them is there. */
export function snippetOf(wanted: string, title: string, body: string): string | null {
  const words = folded(wanted).split(/\s+/).filter(Boolean);
  const inTitle = folded(title);
  if (words.every(word => inTitle.includes(word))) return null;
  const text = folded(body);
  const digits = wanted.replace(/\D/g, '');
  const at = [folded(wanted), ...words].map(word => text.indexOf(word)).find(place => place >= 0)
    ?? (digits.length > 2 ? placeOfDigits(body, digits) : -1);
  if (at < 0) return null;
  const line = body.lastIndexOf('\n', at) + 1;
  const end = body.indexOf('\n', at);
  const from = Math.max(line, at - around);
  const to = Math.min(end < 0 ? body.length : end, at + wanted.length + around);
  return `${from > line ? '…' : ''}${body.slice(from, to).trim()}${to < (end < 0 ? body.length : end) ? '…' : ''}`;
}

/** Where a run of digits begins, whatever stands between them. */
function placeOfDigits(body: string, digits: string): number {
  return body.search(new RegExp([...digits].join('[ ()+./-]*')));
}
