import type { Person } from '#domain/crm/comment.ts';

/** What is being typed after an `@` that begins a word, before the caret. */
export function mentionBegun(before: string): string | null {
  const [, begun] = /(?:^|[\s(])@([\p{L}\p{M}.'-]+(?: [\p{L}\p{M}.'-]*)?|)$/u.exec(before) ?? [];
  return begun ?? null;
}

/** Those of the people whose mention still stands in the text. */
export const mentionedIn = (text: string, people: readonly Person[]): Person[] =>
  people.filter((p, i) => people.findIndex(other => other.id === p.id) === i && text.includes(`@${p.name}`));

export interface Part {
  text: string;
  mention: boolean;
}
/** The text in parts, each mention by itself; the longest name is taken first. */
export function mentionParts(text: string, people: readonly Person[]): Part[] {
  const names = [...new Set(people.map(p => `@${p.name}`))].sort((a, b) => b.length - a.length);
  const parts: Part[] = [];
  let rest = text;
  while (rest) {
    const found = names.map(name => ({ name, at: rest.indexOf(name) })).filter(f => f.at >= 0)
      .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
    if (!found) return [...parts, { text: rest, mention: false }];
    if (found.at) parts.push({ text: rest.slice(0, found.at), mention: false });
    parts.push({ text: found.name, mention: true });
    rest = rest.slice(found.at + found.name.length);
  }
  return parts;
}
