import { dirname, posix } from 'node:path';
import { areas } from '../../domain/areas.ts';
import { areaOf, isTest, layerOf, type SourceFile, type Tree } from './tree.ts';

/** The words that may stand between a file's name and its ending, layer by layer. */
const kinds: Record<string, string[]> = {
  domain: ['contract'],
  db: ['entity', 'query'],
  activities: ['client'],
  workflows: ['workflow'],
  api: ['routes', 'process'],
  web: ['columns', 'svelte', 'server'],
  bin: [],
  tests: ['examples'],
  bench: [],
};
const withAreas = ['domain', 'db', 'activities', 'workflows', 'api'];
const nameless = /(^|-)(utils?|helpers?|common|misc|shared|managers?|service)(-|$)/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Names that no room of the house has. */
export const nameFaults = (tree: Tree): string[] =>
  [...tree.values()].flatMap(({ path }) => {
    const say = (why: string): string[] => [`${path}: ${why}`];
    if (!path.includes('/') || path.startsWith('db/migrations/') || path.startsWith('web/src/routes/')) return [];
    const layer = layerOf(path);
    const known = kinds[layer];
    if (!known) return say(`no such layer: ${layer}`);
    const area = areaOf(path);
    if (withAreas.includes(layer) && area && !areas.includes(area as 'platform')) return say(`no such area: ${area}`);
    const parts = path.split('/');
    const [name = '', ...rest] = parts.at(-1)!.split('.');
    const bad = [...parts.slice(layer === 'web' ? 2 : 1, -1), name].find(
      part => nameless.test(part) || !kebab.test(part),
    );
    if (bad !== undefined)
      return say(nameless.test(bad) ? `a drawer without a label: ${bad}` : `not kebab-case: ${bad}`);
    const kind = rest.slice(0, -1).filter(k => !['test', 'fixture', 'd'].includes(k));
    return kind.every(k => known.includes(k)) ? [] : say(`${layer} has no .${kind.join('.')} files`);
  });

const linesMax = 300,
  testLinesMax = 600,
  folderMax = 30;

/** Files and folders that grew too large. Tests do not count for a folder: they stand beside what they test. */
export function sizeFaults(tree: Tree): string[] {
  const folders = new Map<string, number>();
  for (const { path } of tree.values()) {
    const counts = !isTest(path) || path.startsWith('tests/');
    if (counts && !path.startsWith('db/migrations/')) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
  }
  const max = (path: string): number => (isTest(path) ? testLinesMax : linesMax);
  return [
    ...[...tree.values()]
      .filter(f => f.lines > max(f.path) && !f.path.startsWith('db/migrations/'))
      .map(f => `${f.path}: ${f.lines} lines, at most ${max(f.path)}`),
    ...[...folders]
      .filter(([, count]) => count > folderMax)
      .map(([folder, count]) => `${folder}: ${count} files, at most ${folderMax}`),
  ];
}

/** What must stand in which register: `(register of the area)`, by what the file is. */
const registered: { is: (f: SourceFile) => boolean; in: (area: string, layer: string) => string[] }[] = [
  { is: f => /\.entity\.ts$/.test(f.path), in: area => [`db/${area}/index.ts`] },
  { is: f => /^domain\/\w+\/.*\.contract\.ts$/.test(f.path), in: area => [`domain/${area}/index.ts`] },
  { is: f => /\.workflow\.ts$/.test(f.path), in: area => [`workflows/${area}/index.ts`] },
  {
    is: f => f.path.startsWith('activities/') && /^export const \w+(: .*)? = (verb|look)\(/m.test(f.text),
    in: area => [`activities/${area}/index.ts`],
  },
  {
    is: f => f.path.startsWith('api/') && /^export const \w+(: Served)? = serve(Record)?\(/m.test(f.text),
    in: area => [`api/${area}/index.ts`],
  },
  { is: f => /^api\/.*\.process\.ts$/.test(f.path), in: area => [`api/${area}/index.ts`, `api/${area}/processes.ts`] },
];
const roots: Record<string, string> = {
  domain: 'domain/index.ts',
  db: 'db/entities.ts',
  activities: 'activities/index.ts',
  workflows: 'workflows/index.ts',
  api: 'api/routes.ts',
};

/** What is in no register: it would exist and do nothing. */
export function registerFaults(tree: Tree): string[] {
  const listed = (register: string, path: string): boolean =>
    tree.get(register)?.imports.some(i => i.to === path) ?? false;
  return [...tree.values()]
    .filter(f => !isTest(f.path))
    .flatMap(f => {
      const area = areaOf(f.path);
      if (area === undefined) return [];
      const layer = layerOf(f.path);
      if (f.path === posix.join(layer, area, 'index.ts')) {
        const register = roots[layer];
        return register && !listed(register, f.path) ? [`${f.path}: not in ${register}`] : [];
      }
      return registered
        .filter(r => r.is(f))
        .flatMap(r => {
          const registers = r.in(area, layer);
          return registers.some(register => listed(register, f.path))
            ? []
            : [`${f.path}: not in ${registers.join(' or ')}`];
        });
    });
}

/** Pages of one record that go on with what was typed on another, because nothing makes them anew for its id. */
export const pageFaults = (tree: Tree): string[] =>
  [...tree.values()]
    .filter(({ path }) => /^web\/src\/routes\/.*\/\[\w+\]\/\+(layout|page)\.svelte$/.test(path))
    .filter(({ path, text }) => {
      const around = tree.get(posix.join(dirname(path), '+layout.svelte'));
      return !(around?.text ?? text).includes('{#key ');
    })
    .map(({ path }) => `${path}: is not keyed by its id`);
