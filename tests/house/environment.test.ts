import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ConfigError, Environment, readConfig } from '../../db/platform/config.ts';

const lines = readFileSync('.env.example', 'utf8').split('\n');
const example = Object.fromEntries(lines.filter((line) => /^[A-Z_]+=/.test(line)).map((line) => line.split(/=(.*)/)));

test('.env.example lists every variable, in the order of the schema', () => {
  expect(Object.keys(example)).toEqual(Object.keys(Environment.shape));
});

test('.env.example shows the defaults', () => {
  expect(readConfig(example)).toEqual(readConfig({}));
});

test('.env.example says of each variable or its group what it is for', () => {
  const bare = lines.filter((line, at) => /^[A-Z_]+=/.test(line) && !/^#|^[A-Z_]+=/.test(lines[at - 1] ?? ''));
  expect(bare).toEqual([]);
});

test('the programs read no variable that the schema does not know', () => {
  // INTERNAL_API and INTERNAL_SECRET are how the API tells the pages it renders where it listens, and who they are.
  const system = ['PATH', 'XDG_CACHE_HOME', 'NODE_OPTIONS', 'npm_lifecycle_event', 'INTERNAL_API', 'INTERNAL_SECRET'];
  const known = new Set([...Object.keys(Environment.shape), ...system]);
  const files = ['activities', 'api', 'bin', 'db', 'web/src', 'workflows'].flatMap((layer) => sourcesOf(layer));
  const used = files.flatMap((file) => {
    const names = readFileSync(file, 'utf8').matchAll(/process\.env(?:\.|\[')(\w+)/g);
    return [...names].map((match) => `${file}: ${match[1]}`);
  });
  expect(used.filter((use) => !known.has(use.split(': ')[1] ?? ''))).toEqual([]);
});

test.each([
  [{ PORT: 'http' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ DATABASE_URL: 'mysql://localhost/x' }, 'DATABASE_URL'],
  [{ TEMPORAL_ADDRESS: 'localhost' }, 'TEMPORAL_ADDRESS'],
  [{ SESSION_SECRET: 'short' }, 'SESSION_SECRET'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
])('%j is refused in one line that names %s', (env, name) => {
  const read = (): unknown => readConfig(env);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(new RegExp(`^The environment is not valid\\. ${name}: [^\\n]+$`));
});

test('an empty value counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toEqual(readConfig({}));
});

function sourcesOf(layer: string): string[] {
  const entries = readdirSync(layer, { recursive: true, encoding: 'utf8' });
  const sources = entries.filter((name) => /\.(ts|svelte|mjs)$/.test(name) && !name.endsWith('.test.ts'));
  return sources.map((name) => `${layer}/${name}`);
}
