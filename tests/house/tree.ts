import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One import: `to` is a path in the tree, or a package's name. */
export interface Import {
  to: string;
  inside: boolean;
  typeOnly: boolean;
}
export interface SourceFile {
  path: string;
  text: string;
  lines: number;
  imports: Import[];
}
/** The sources of a repository, by path from its root. */
export type Tree = Map<string, SourceFile>;

export const root = fileURLToPath(new URL('../..', import.meta.url));
const skipped = new Set(['node_modules', '.git', '.data', '.svelte-kit', 'build', 'coverage', '.cache', '.temp']);

export function readTree(from = root): Tree {
  const tree: Tree = new Map();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(from, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name);
      if (skipped.has(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else if (/\.(ts|svelte)$/.test(entry.name))
        tree.set(path, sourceOf(path, readFileSync(join(from, path), 'utf8')));
    }
  };
  walk('');
  return tree;
}

const sourceOf = (path: string, text: string): SourceFile => ({
  path,
  text,
  lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
  imports: importsOf(path, text),
});

const statement = /^\s*(import|export)\s+(type\s+)?(?:[\w*\s{},$]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(path: string, text: string): Import[] {
  const found = [
    ...[...text.matchAll(statement)].map(m => ({ spec: m[3]!, typeOnly: m[2] !== undefined || onlyTypes(m[0]) })),
    ...[...text.matchAll(dynamic)].map(m => ({ spec: m[1]!, typeOnly: false })),
  ];
  return found.map(({ spec, typeOnly }) => {
    const alias = spec.replace(/^#domain\//, 'domain/').replace(/^(#lib|\$lib)\//, 'web/src/lib/');
    if (alias !== spec) return { to: alias, inside: true, typeOnly };
    if (spec.startsWith('.')) return { to: posix.normalize(posix.join(dirname(path), spec)), inside: true, typeOnly };
    return { to: spec, inside: false, typeOnly };
  });
}

/** `import { type A, type B } from …` */
const onlyTypes = (text: string): boolean => {
  const names = /\{([^}]*)\}/.exec(text)?.[1];
  const named =
    names
      ?.split(',')
      .map(n => n.trim())
      .filter(Boolean) ?? [];
  return named.length > 0 && named.every(n => n.startsWith('type ')) && !/import\s+\w/.test(text);
};

/** A tree of these files alone, to plant a fault in. */
export function plantedTree(files: Record<string, string>): Tree {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-house-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return readTree(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const isTest = (path: string): boolean => /\.(test|fixture)\.ts$/.test(path) || path.startsWith('tests/');
export const layerOf = (path: string): string => path.split('/')[0]!;
/** The area that a file belongs to; nothing for the registers and mains at the root of a layer. */
export function areaOf(path: string): string | undefined {
  const parts = path.split('/');
  const at = path.startsWith('web/src/lib/') ? 3 : 1;
  return parts.length > at + 1 ? parts[at] : undefined;
}
