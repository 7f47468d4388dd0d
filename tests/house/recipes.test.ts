import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { signalName } from '../../domain/platform/contract.ts';

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

/** What a walk through files names of them, and is not in them; an event stands there by its symbol. */
function unfound(text: string): string[] {
  const rows = [...text.matchAll(/^\| \d+ \| ([^|]+) \| ([^|]+) \|$/gm)];
  return rows.flatMap(([, files, what]) => {
    const source = named(files!).map(path => readFileSync(path, 'utf8')).join('\n');
    const words = [...what!.matchAll(/`(?:call\()?([\w.]+)[^`/]*`/g)].map(m => m[1]!);
    return words.filter(word => !source.includes(/^\w+\.\w+\.\w+$/.test(word) ? signalName(word) : word));
  });
}

it('the life of an approval names what is in its files', () => {
  const life = readFileSync('docs/life-of-an-approval.md', 'utf8');
  expect(unfound(life)).toEqual([]);
  const planted = life.replaceAll(/whyNotDecide|step\.decided/g, 'moon.sold');
  expect(unfound(planted)).toEqual(['moon.sold', 'workflow.moon.sold']);
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
