import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mutated } from '../faults/mutant.js';

const root = new URL('../../../', import.meta.url).href;
/** The sources of the repository, and the web that is built from them. */
const own = url => url.startsWith(root) && !url.startsWith(`${root}node_modules/`);
/** What a suite is made of, its own words and what they are told with. */
const ofSuites = url => own(url) && (url.startsWith(`${root}tests/`) || /\.(test|fixture)\.ts(\?|$)/.test(url));
const globals = 'jest-globals:';

let suite = 0;
/** The suite that loaded such a source first; it alone sees it without a mark. */
const first = new Map();
/** What the sources are without their types. */
const stripped = new Map();
/** Where an import leads. It leads every suite there, so the marks of those who import are left out. */
const led = new Map();

/**
 * From here on a new suite is loaded: it has the sources of tests to itself, and shares those of the product and the
 * packages with the suites before it. Jest's own loader would load all of them anew for each, which takes longer than
 * most suites run. What the product keeps for the life of a process `stop` of an app gives back.
 */
export function beginSuite(jestGlobals) {
  suite += 1;
  globalThis[Symbol.for(globals)] = jestGlobals;
}

/** Node asks the disk anew for each suite, since the marks make another importer of each source. */
function lead(specifier, context, next) {
  const { parentURL = '', conditions, importAttributes = {} } = context;
  // What is required Node remembers by itself.
  if (conditions.includes('require') || Object.keys(importAttributes).length) return next(specifier, context);
  const key = [specifier, parentURL.split('?')[0], ...conditions].join('\n');
  if (!led.has(key)) led.set(key, { ...next(specifier, context), shortCircuit: true });
  return led.get(key);
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: `${globals}${suite}`, format: 'module', shortCircuit: true };
    const found = lead(specifier, context, next);
    if (!ofSuites(found.url) || context.conditions.includes('require')) return found;
    const [url] = found.url.split('?');
    if (!first.has(url)) first.set(url, suite);
    return first.get(url) === suite ? found : { ...found, url: `${url}?suite=${suite}` };
  },
  load(url, context, next) {
    if (url.startsWith(globals)) return { format: 'module', source: globalsModule, shortCircuit: true };
    if (!own(url) || !/\.ts(\?|$)/.test(url)) return next(url, context);
    const path = fileURLToPath(url);
    if (!stripped.has(path)) {
      stripped.set(path, stripTypeScriptTypes(mutated(readFileSync(path, 'utf8'), path), { mode: 'strip' }));
    }
    return { format: 'module', source: stripped.get(path), shortCircuit: true };
  },
});

const names = 'afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test';
const globalsModule = `export const { ${names} } = globalThis[Symbol.for('${globals}')];`;
