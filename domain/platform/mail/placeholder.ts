/** The places of a text that are filled in: names of things, and the names of their fields. */
export type Places = Readonly<Record<string, readonly string[]>>;

/** `{firstName}` is another way to write `{{ firstName }}`; what has two braces already stays as it is. */
export const liquidOf = (text: string): string =>
  text.replace(/(?<![{%])\{\s*([a-zA-Z][\w.]*)\s*\}(?!\})/g, '{{ $1 }}');

/** As people write it, of the steps that lead to it: `contact.firstName`. */
export const placeText = (steps: readonly unknown[]): string =>
  steps.map((step, i) => (typeof step === 'string' ? (i ? `.${step}` : step) : `[${placeText(step as [])}]`)).join('');

/** Whether there is such a place: a field of a thing, a thing itself, or a field that stands alone in `bare`. */
export function isPlace(steps: readonly unknown[], places: Places, bare: readonly string[]): boolean {
  const [first, second] = steps;
  if (steps.length === 1) return typeof first === 'string' && (bare.includes(first) || Object.hasOwn(places, first));
  return steps.length === 2 && typeof first === 'string' && Object.hasOwn(places, first)
    && typeof second === 'string' && places[first]!.includes(second);
}

/** The text of a mail as HTML: whatever it holds is text, its addresses of the web are links. */
export function htmlOf(text: string): string {
  const parts = text.trim().split(/\n{2,}/).map(part => `<p>${linked(escaped(part)).replaceAll('\n', '<br>')}</p>`);
  return `<div style="font-family:sans-serif;font-size:14px;line-height:1.5">${parts.join('')}</div>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, c => entities[c]!);
/** Of text that is escaped: an address ends before what ends a sentence, or before an entity of a bracket or quote. */
const linked = (html: string): string =>
  html.replace(/https?:\/\/(?:[^\s&]|&amp;)+/g, found => {
    const url = found.replace(/[.,;:!?)]+$/, '');
    return `<a href="${url}">${url}</a>${found.slice(url.length)}`;
  });
