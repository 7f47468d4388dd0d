import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, Environment, readConfig } from '../../db/platform/config.ts';
import { compiled } from '../kit/program.ts';

const text = readFileSync('.env.example', 'utf8');
const isSetting = /^[A-Z_]+=/;

/** What is wrong with an example of the environment. */
function exampleFaults(example: string): string[] {
  const lines = example.split('\n');
  const set = lines.filter((line) => isSetting.test(line)).map((line) => line.split(/=(.*)/) as [string, string]);
  const bare = lines.filter((line, at) => isSetting.test(line) && !/^#|^[A-Z_]+=/.test(lines[at - 1] ?? ''));
  const [names, wanted] = [set.map(([name]) => name), Object.keys(Environment.shape)];
  const same = isDeepStrictEqual(readConfig(Object.fromEntries(set)), readConfig({}));
  return [
    ...(names.join() === wanted.join() ? [] : ['it lists other variables than the schema, or in another order']),
    ...(same ? [] : ['it shows other defaults']),
    ...bare.map((line) => `nothing says what ${line} is for`),
  ];
}

// INTERNAL_API and INTERNAL_SECRET are how the API tells the pages it renders where it listens, and who they are.
const system = ['PATH', 'XDG_CACHE_HOME', 'NODE_OPTIONS', 'npm_lifecycle_event', 'INTERNAL_API', 'INTERNAL_SECRET'];
const known = new Set([...Object.keys(Environment.shape), ...system]);
/** The variables that a source reads and nobody knows. */
const unknownIn = (source: string): string[] =>
  [...source.matchAll(/process\.env(?:\.|\[')(\w+)/g)].map((match) => match[1]!).filter((name) => !known.has(name));

test('[PLT-126] .env.example lists every variable in the order of the schema, its default, and what it is for', () => {
  expect(exampleFaults(text)).toEqual([]);
});

test('[PLT-126] the programs read no variable that the schema does not know', () => {
  const files = ['activities', 'api', 'bin', 'db', 'web/src', 'workflows'].flatMap((layer) => sourcesOf(layer));
  const used = files.flatMap((file) => unknownIn(readFileSync(file, 'utf8')).map((name) => `${file}: ${name}`));
  expect(used).toEqual([]);
});

describe('a fault that is planted is found:', () => {
  test.each([
    ['a variable is missing', text.replace(/^PORT=.*\n/m, ''), 'it lists other variables than the schema'],
    ['one more', `${text}\n# What for.\nMOON=full\n`, 'it lists other variables than the schema'],
    ['another default', text.replace(/^PORT=.*$/m, 'PORT=4000'), 'it shows other defaults'],
    ['nothing said', text.replace(/^#.*\n(?=PORT=)/m, '\n'), /nothing says what PORT=/],
  ])('%s', (_, planted, fault) => {
    expect(planted).not.toBe(text);
    expect(exampleFaults(planted).join()).toMatch(fault);
  });
  test('a variable of its own', () => {
    const source = `const a = process.env['MOON'], b = process.env.PORT, c = process.env.SUN;`;
    expect(unknownIn(source)).toEqual(['MOON', 'SUN']);
  });
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

describe('a program that lacks something says so in one line, and ends:', () => {
  const nowhere = '127.0.0.1:9';
  const env = {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: compiled,
    ...{ APP_DATABASE_URL: `postgres://app@${nowhere}/x`, RELAY_DATABASE_URL: `postgres://relay@${nowhere}/x` },
    ...{ TEMPORAL_ADDRESS: nowhere, SESSION_SECRET: 'long enough for everybody who reads it' },
  };
  const said = (main: string, { cwd = '.', without = '' } = {}): { status: number | null; text: string } => {
    const flags = ['--preserve-symlinks', '--preserve-symlinks-main'];
    const set = { ...env, [without]: undefined };
    const { status, stderr } = spawnSync(process.execPath, [...flags, main], { cwd, env: set, encoding: 'utf8' });
    return { status, text: stderr };
  };

  test('the API, without the built pages', () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-checkout-'));
    const parts = ['activities', 'api', 'db', 'domain', 'node_modules', 'package.json'];
    for (const part of parts) symlinkSync(resolve(part), join(folder, part));
    const ended = said('api/main.ts', { cwd: folder });
    rmSync(folder, { recursive: true });
    expect(ended).toEqual({ status: 1, text: 'The web pages are not built: run `npm run build` first.\n' });
  });

  test('the worker, without Temporal', () => {
    const text = `Temporal does not answer at TEMPORAL_ADDRESS (${nowhere}): start it first.\n`;
    expect(said('activities/worker.ts')).toEqual({ status: 1, text });
  });

  test.each(['api/main.ts', 'activities/worker.ts'])('%s, without a variable', main => {
    const ended = said(main, { without: 'APP_DATABASE_URL' });
    expect(ended).toEqual({ status: 1, text: expect.stringMatching(/^[^\n]*APP_DATABASE_URL[^\n]*\n$/) });
  });
});
