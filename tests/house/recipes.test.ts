import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

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
const missing = (file: string, text = readFileSync(file, 'utf8')): string[] =>
  [...named(text), ...linked(text, file)]
    .filter(path => !existsSync(decodeURIComponent(path)))
    .map(path => `${file}: ${path}`);

it.each(docs)('%s names only files that exist', file => {
  expect(missing(file)).toEqual([]);
});

/** Pictures that no page shows, and those that are too large. */
const pictureFaults = (text: string, pictures: { name: string; size: number }[]): string[] => [
  ...pictures.filter(p => !text.includes(`images/${p.name})`)).map(p => `${p.name} is shown nowhere`),
  ...pictures.filter(p => p.size > pictureBytesMax).map(p => `${p.name} is too large`),
];

it('pictures are used, and small', () => {
  const text = docs.map(file => readFileSync(file, 'utf8')).join('\n');
  const pictures = readdirSync('docs/images').map(name => ({ name, size: statSync(`docs/images/${name}`).size }));
  expect(pictureFaults(text, pictures)).toEqual([]);
});

describe('a fault that is planted is found:', () => {
  it('files that are not there, named or linked', () => {
    const text = 'see `domain/pov/nothing.ts`, `api/app.ts` and [x](nothing.md), [y](map.md), `api/nowhere`';
    expect(missing('docs/map.md', text)).toEqual([
      ...['docs/map.md: domain/pov/nothing.ts', 'docs/map.md: api/nowhere', 'docs/map.md: docs/nothing.md'],
    ]);
  });
  it('a picture that nobody shows, and one that is too large', () => {
    const pictures = [{ name: 'a.png', size: 1 }, { name: 'b.png', size: pictureBytesMax + 1 }];
    expect(pictureFaults('![b](images/b.png)', pictures)).toEqual(['a.png is shown nowhere', 'b.png is too large']);
  });
});
