import { areas, type Area } from '../../domain/areas.ts';
import { areaOf, isTest, layerOf, type Import, type SourceFile, type Tree } from './tree.ts';

/** What a layer may import of the others; `types` are types only. */
const layers: Record<string, { code: string[]; types?: string[]; packages: RegExp }> = {
  domain: { code: [], packages: /^(zod|@casl\/ability|libphonenumber-js\/max)$/ },
  db: { code: ['domain'], packages: /^(node:|@mikro-orm\/|kysely$|pg$|zod$)/ },
  activities: { code: ['domain', 'db'], packages: /^(?!express|svelte|@temporalio\/workflow)/ },
  workflows: { code: ['domain'], types: ['activities'], packages: /^@temporalio\/(workflow|common)$/ },
  api: { code: ['domain', 'db', 'activities'], packages: /^(?!svelte|@temporalio\/(workflow|worker))/ },
  web: { code: ['domain'], packages: /^(?!express|pg$|@mikro-orm|@temporalio)/ },
  bin: { code: ['domain', 'db', 'activities', 'api'], packages: /./ },
};

/** The faults of the imports: against the order of layers, of areas, or past a register. */
export const importFaults = (tree: Tree): string[] =>
  [...tree.values()].flatMap(file => (isTest(file.path) ? [] : file.imports.flatMap(i => faultsOf(file, i))));

function faultsOf(file: SourceFile, i: Import): string[] {
  const layer = layers[layerOf(file.path)];
  if (!layer) return [];
  const say = (why: string): string[] => [`${file.path}: ${why}`];
  if (!i.inside) return layer.packages.test(i.to) || i.typeOnly ? [] : say(`may not use the package ${i.to}`);
  const [from, to] = [layerOf(file.path), layerOf(i.to)];
  if (from !== to && !layer.code.includes(to) && !(i.typeOnly && layer.types?.includes(to))) {
    return say(`${from} may not import ${to}${layer.types?.includes(to) ? ' but for types' : ''} (${i.to})`);
  }
  if (from === 'bin') return [];
  if (!inOrder(file.path, i.to)) return say(`${areaOf(file.path)} may not import ${areaOf(i.to)} (${i.to})`);
  return throughRegister(file.path, i) ? [] : say(`imports the register ${i.to}; import the file itself`);
}

/** Tables of all phone numbers: large, and for those who compare them. */
const heavy = /^libphonenumber-js\/max$/;

/** Files of pages and workflows that come to load what is too heavy for them, each with the way there. */
export function heavyFaults(tree: Tree): string[] {
  const begins = [...tree.values()].filter(({ path }) => /^(web|workflows)\//.test(path) && !isTest(path));
  const from = new Map(begins.map(({ path }) => [path, path]));
  const faults: string[] = [];
  for (const [path, way] of from) {
    for (const { to, inside, typeOnly } of tree.get(path)?.imports ?? []) {
      if (typeOnly) continue;
      if (heavy.test(to)) faults.push(`${way} loads ${to}`);
      else if (inside && !from.has(to)) from.set(to, `${way} → ${to}`);
    }
  }
  return faults;
}

function inOrder(from: string, to: string): boolean {
  const [mine, theirs] = [orderOf(areaOf(from)), orderOf(areaOf(to))];
  return mine < 0 || theirs < 0 || theirs <= mine;
}
const orderOf = (area: string | undefined): number => areas.indexOf(area as Area);

/** `<layer>/<area>/index.ts` is for the register of its layer; workflows name types of it. */
function throughRegister(from: string, i: Import): boolean {
  if (!/^[\w/-]+\/index\.ts$/.test(i.to) || areaOf(i.to) === undefined) return true;
  if (layerOf(i.to) === 'web') return false;
  return areaOf(from) === undefined ? layerOf(from) === layerOf(i.to) : i.typeOnly;
}
