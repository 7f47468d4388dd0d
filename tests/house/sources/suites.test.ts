import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { readTree, root } from '../tree.ts';

interface Config {
  projects: { displayName: string; testMatch: string[] }[];
}
const { default: config } = (await import(pathToFileURL(join(root, 'jest.config.js')).href)) as { default: Config };
const projects = config.projects.map(({ displayName, testMatch }) => ({
  name: displayName,
  places: testMatch.map(glob => /^<rootDir>\/(.*)\/\*\*\/\*\.test\.ts$/.exec(glob)![1]!),
}));
const files = [...readTree().keys()].filter(path => path.endsWith('.test.ts'));
const projectsOf = (path: string): string[] =>
  projects.filter(({ places }) => places.some(place => path.startsWith(`${place}/`))).map(project => project.name);

test('[PLT-122] each test file belongs to one suite, so that `npm test` leaves none out', () => {
  expect(files.filter(path => projectsOf(path).length !== 1)).toEqual([]);
});

test('[PLT-122] there are units, database, time skipping, HTTP, whole scenarios, pages, rules and replay', () => {
  const counted = Object.fromEntries(
    projects.map(({ name }) => [name, files.filter(path => projectsOf(path).includes(name)).length]),
  );
  expect(Object.keys(counted)).toEqual(['unit', 'db', 'workflow', 'api', 'scenario', 'browser', 'house', 'replay']);
  expect(Object.entries(counted).filter(([, n]) => n === 0)).toEqual([]);
});

test.each([
  ['isolation', 'tests/house/endpoints.test.ts'],
  ['permissions', 'tests/house/matrix.test.ts'],
  ['creating, reading, changing and deleting', 'tests/api/pov/edit-pov.test.ts'],
  ['errors', 'tests/api/platform/hostile-input.test.ts'],
  ['paging', 'tests/api/pov/paging.test.ts'],
  ['signing in', 'tests/api/platform/identity/sign-in.test.ts'],
])('[PLT-122] %s is tested over HTTP', (_, path) => expect(files).toContain(path));
