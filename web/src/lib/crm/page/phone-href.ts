/** A number, and how people write an extension behind it. */
const written = /^(.*?)(?:[\s,;]*(?:extension|ext|x|#)[.:=\s]*(\d{1,15}))?\s*$/i;
/** Countries where a number keeps from abroad the zero that it begins with. */
const keepsZero = /^\+\W*(39|378|379)/;

/**
 * How a number is dialled (RFC 3966); null of what is none. An extension is no part of the number: `…5000 ext. 4` is
 * not …50004; `apart` is one that stands in a field of its own. Without the country no address could say it.
 */
export function phoneHref(text: string, apart?: unknown): string | null {
  const [, line = '', behind] = written.exec(text.trim()) ?? [];
  const ext = behind ?? (/^\d{1,15}$/.test(String(apart ?? '')) ? String(apart) : undefined);
  if (/[^\s\d+()./\u2010-\u2015-]/.test(line)) return null;
  const trunk = line.startsWith('+') && !keepsZero.test(line) ? line.replace('(0)', '') : line;
  const digits = trunk.replace(/\D/g, '');
  if (!digits) return null;
  return line.startsWith('+') ? `tel:+${digits}${ext ? `;ext=${ext}` : ''}` : `tel:${digits}`;
}
