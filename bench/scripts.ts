import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildWeb } from '../bin/web-build.ts';
import { plain, type Figure } from './figures.ts';
import { root } from './rig.ts';

interface Part {
  imports: string[];
}
/** What SvelteKit's server knows of the pages; `page` names the layouts and the page by their number. */
interface Manifest {
  client: Part;
  nodes: (() => Promise<Part>)[];
  routes: { id: string; page: { layouts: (number | undefined)[]; leaf: number } | null }[];
}

const goalKB = 300;
const heaviestShown = 3;

/** The script that a browser loads for each page that it opens first, as it travels: compressed. */
export async function measureScripts(): Promise<Figure[]> {
  await buildWeb(root);
  const url = pathToFileURL(join(root, 'web', 'build', 'server', 'manifest.js')).href;
  const { manifest } = (await import(url)) as { manifest: Manifest };
  const weighed = new Map<string, Promise<number>>();
  const weight = (file: string): Promise<number> => {
    const known = weighed.get(file) ?? compressed(file);
    weighed.set(file, known);
    return known;
  };
  const pages = manifest.routes.filter(route => route.page);
  const sizes = await Promise.all(pages.map(async ({ id, page }) => {
    const numbers = [...page!.layouts, page!.leaf].filter(n => n !== undefined);
    const parts = await Promise.all(numbers.map(n => manifest.nodes[n]!()));
    const files = new Set([manifest.client, ...parts].flatMap(part => part.imports));
    const bytes = await Promise.all([...files].filter(file => file.endsWith('.js')).map(weight));
    return { id, kB: bytes.reduce((sum, n) => sum + n, 0) / 1000 };
  }));
  sizes.sort((a, b) => b.kB - a.kB);
  const heaviest = sizes.slice(0, heaviestShown).map(({ id, kB }) => `${id} ${Math.round(kB)} kB`);
  const note = `The heaviest of ${sizes.length}: ${heaviest.join(', ')}`;
  const about = { name: 'Compressed script of a page, the heaviest of all', unit: 'kB', note } as const;
  return [plain(about, [sizes[0]!.kB], { atMost: goalKB })];
}

const compressed = async (file: string): Promise<number> =>
  gzipSync(await readFile(join(root, 'web', 'build', 'client', file))).length;
