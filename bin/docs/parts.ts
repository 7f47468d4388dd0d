/** A part of a page that is made from the sources: what stands between its two markers. */
const between = (name: string): RegExp => new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`);

/** The names of a page's generated parts. */
export const partsOf = (page: string): string[] =>
  [...page.matchAll(/<!-- generated: ([\w-]+) -->/g)].map(m => m[1]!);

/** The page with its parts made anew. */
export function filled(page: string, make: (part: string) => string): string {
  return partsOf(page).reduce((text, name) => {
    if (!between(name).test(text)) throw new Error(`The part ${name} has no end`);
    return text.replace(between(name), (_, start: string, end: string) => `${start}\n${make(name)}\n\n${end}`);
  }, page);
}

export const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.map(asCell).join(' | ')} |`).join('\n');

const asCell = (text: string): string => text.replaceAll('|', '\\|');
