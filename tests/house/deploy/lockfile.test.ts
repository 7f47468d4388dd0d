import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

interface Locked {
  version?: string;
  optionalDependencies?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
type Lock = Record<string, Locked>;

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Lock };

/** Packages that somebody asks for and that the lock does not name: `npm ci` refuses such a lock. */
function missingFrom(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter(name => !placesFor(path, name).some(place => place in lock))
      .map(name => `${name} of ${path || 'package.json'}`),
  );
}

/** Where a package of this path looks for another one: beside itself, then further up. */
function placesFor(path: string, name: string): string[] {
  const places = [`${path}/node_modules/${name}`.replace(/^\//, '')];
  for (let at = path; at.includes('node_modules/');) {
    at = at.slice(0, at.lastIndexOf('node_modules/'));
    places.push(`${at}node_modules/${name}`);
  }
  return places;
}

test('the lock file names every package, also those of other systems, so that `npm ci` takes it', () => {
  expect(missingFrom(packages)).toEqual([]);
  const { dependencies, devDependencies } = packages['']!;
  const { dependencies: wanted, devDependencies: wantedDev } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  ) as Locked;
  expect({ dependencies, devDependencies }).toEqual({ dependencies: wanted, devDependencies: wantedDev });
});

test('a lock without them is found', () => {
  const lock = { '': {}, 'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-windows': '1' } } };
  expect(missingFrom({ ...lock, 'node_modules/a-linux': {} })).toEqual(['a-windows of node_modules/a']);
  expect(missingFrom({ ...lock, 'node_modules/a-linux': {}, 'node_modules/a/node_modules/a-windows': {} })).toEqual([]);
});
