import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Figure } from '../bin/docs/figure.ts';
import { buildWeb } from '../bin/web-build.ts';
import { plain } from './figures.ts';
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

/**
 * The script that a browser loads for each page that it opens first, as it travels: the server sends what the build
 * compressed with brotli to all who take it, as browsers do over TLS and from localhost; to others with gzip.
 */
export async function measureScripts(): Promise<Figure[]> {
  await buildWeb(root);
  const url = pathToFileURL(join(root, 'web', 'build', 'server', 'manifest.js')).href;
  const { manifest } = (await import(url)) as { manifest: Manifest };
  const weighed = new Map<string, Promise<Weight>>();
  const weight = (file: string): Promise<Weight> => {
    const known = weighed.get(file) ?? compressed(file);
    weighed.set(file, known);
    return known;
  };
  const pages = manifest.routes.filter(route => route.page);
  const sizes = await Promise.all(pages.map(async ({ id, page }) => {
    const numbers = [...page!.layouts, page!.leaf].filter(n => n !== undefined);
    const parts = await Promise.all(numbers.map(n => manifest.nodes[n]!()));
    const files = new Set([manifest.client, ...parts].flatMap(part => part.imports));
    const all = await Promise.all([...files].filter(file => file.endsWith('.js')).map(weight));
    const kB = (by: keyof Weight): number => all.reduce((sum, each) => sum + each[by], 0) / 1000;
    return { id, kB: kB('brotli'), gzip: kB('gzip') };
  }));
  sizes.sort((a, b) => b.kB - a.kB);
  const heaviest = sizes.slice(0, heaviestShown).map(
    ({ id, kB, gzip }) => `${id} ${Math.round(kB)} kB (${gzip.toFixed(1)} with gzip)`,
  );
  const note = `The heaviest of ${sizes.length}: ${heaviest.join(', ')}`;
  const about = { name: 'Compressed script of a page, the heaviest of all', unit: 'kB', note } as const;
  return [plain(about, [sizes[0]!.kB], { atMost: goalKB })];
}

/** Bytes. */
interface Weight {
  brotli: number;
  gzip: number;
}

async function compressed(file: string): Promise<Weight> {
  const path = join(root, 'web', 'build', 'client', file);
  return { brotli: (await stat(`${path}.br`)).size, gzip: gzipSync(await readFile(path)).length };
}
