import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const docs = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter(f => f.endsWith('.md'))
    .map(f => `docs/${f}`),
];
const pictureBytesMax = 250_000;
const layers = 'domain|db|activities|workflows|api|web|tests|bin|docs|bench';

/** Paths in backticks that begin with a layer; patterns and address-like ones are left out. */
const named = (text: string): string[] =>
  [...text.matchAll(new RegExp(`\`((?:${layers})/[^\`\\s<>*{}…:]+)\``, 'g'))].map(m => m[1]!);
const linked = (text: string, from: string): string[] =>
  [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)\)/g)].map(m => new URL(m[1]!, `file:///${from}`).pathname.slice(1));
const missing = (file: string): string[] => {
  const text = readFileSync(file, 'utf8');
  return [...named(text), ...linked(text, file)]
    .filter(path => !existsSync(decodeURIComponent(path)))
    .map(path => `${file}: ${path}`);
};

it.each(docs)('%s names only files that exist', file => {
  expect(missing(file)).toEqual([]);
});

it('pictures are used, and small', () => {
  const text = docs.map(file => readFileSync(file, 'utf8')).join('\n');
  const pictures = readdirSync('docs/images');
  expect(pictures.filter(name => !text.includes(`images/${name})`))).toEqual([]);
  expect(pictures.filter(name => statSync(`docs/images/${name}`).size > pictureBytesMax)).toEqual([]);
});

it('notices a file that does not', () => {
  expect(named('see `domain/pov/nothing.ts` and `api/nowhere`')).toEqual(['domain/pov/nothing.ts', 'api/nowhere']);
  expect(linked('[x](nothing.md)', 'docs/map.md')).toEqual(['docs/nothing.md']);
});
