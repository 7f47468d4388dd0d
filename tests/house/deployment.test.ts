import { existsSync, readFileSync } from 'node:fs';
import { expect, it, test } from '@jest/globals';
import { parse } from 'yaml';
import { Environment, readConfig } from '../../db/platform/config.ts';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  deploy?: { replicas: number };
  depends_on?: Record<string, { condition: string }>;
  ports?: string[];
}
const text = readFileSync('docker-compose.yml', 'utf8');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const dockerfile = readFileSync('Dockerfile', 'utf8').split('\n');
const ours = Object.entries(services).filter(([, s]) => s.build === '.');

/** What must have a form. */
const formed: Record<string, string> = { SECRET_KEYS: `k1:${'A'.repeat(43)}=` };
/** As compose would: the default, or something for what must be set. */
const filled = (value: string): string =>
  value.replace(
    /\$\{(\w+)(?::-([^}]*))?(?::\?[^}]*)?\}/g,
    (_, name: string, or?: string) => or ?? formed[name] ?? `${name}-`.repeat(8),
  );

it('[PLT-120] [PLT-104] starts PostgreSQL, Temporal, its UI, two APIs and two workers behind one entry', () => {
  expect(Object.keys(services).sort()).toEqual(
    ['api', 'entry', 'migrate', 'postgres', 'temporal', 'temporal-ui', 'worker'].sort(),
  );
  expect([services['api']?.deploy?.replicas, services['worker']?.deploy?.replicas]).toEqual([2, 2]);
  expect(ours.map(([name]) => name).sort()).toEqual(['api', 'migrate', 'worker']);
  expect(services['temporal']?.image).toMatch(/:1\.29\.1$/);
  expect(services['temporal']?.environment).toMatchObject({ DB: 'postgres12', POSTGRES_SEEDS: 'postgres' });
  expect(services['temporal-ui']?.environment?.['TEMPORAL_DISABLE_WRITE_ACTIONS']).toBe('true');
  // One way in: only the entry is published to other machines.
  const open = Object.entries(services).filter(([, s]) => s.ports?.some(p => !p.startsWith('127.0.0.1:')));
  expect(open.map(([name]) => name)).toEqual(['entry']);
});

test.each(ours)('%s runs a program that exists, with an environment that the schema accepts', (name, service) => {
  const [node, script] = service.command!;
  expect([node, existsSync(script!)]).toEqual(['node', true]);
  const env = Object.fromEntries(Object.entries(service.environment!).map(([k, v]) => [k, filled(String(v))]));
  expect(Object.keys(env).filter(k => !(k in Environment.shape))).toEqual([]);
  const config = readConfig(env);
  expect(config.NODE_ENV).toBe('production');
  const needed =
    name === 'migrate'
      ? (['DATABASE_URL', 'APP_DATABASE_URL', 'RELAY_DATABASE_URL'] as const)
      : (['APP_DATABASE_URL', 'RELAY_DATABASE_URL', 'TEMPORAL_ADDRESS', 'SESSION_SECRET', 'SECRET_KEYS'] as const);
  expect(needed.filter(k => config[k] === undefined)).toEqual([]);
  // The owner's password is for migrations alone.
  expect('DATABASE_URL' in env).toBe(name === 'migrate');
});

it('[PLT-106] asks every service that stays how it is, and starts what needs another one after it', () => {
  for (const [name, { healthcheck }] of Object.entries(services)) {
    if (name === 'entry') continue;
    expect([name, name === 'migrate' ? healthcheck?.disable : (healthcheck?.test ?? name === 'temporal-ui')]).toEqual([
      name,
      expect.anything(),
    ]);
  }
  for (const name of ['api', 'worker'])
    expect(services[name]?.depends_on).toEqual({
      migrate: { condition: 'service_completed_successfully' },
      temporal: { condition: 'service_healthy' },
    });
  expect(services['worker']?.healthcheck?.test).toEqual(['CMD', 'node', 'bin/healthy.mjs', 'worker']);
});

it('holds no secret: each must be set', () => {
  for (const secret of text.match(/\$\{\w*(PASSWORD|SECRET)\w*[^}]*\}/g) ?? []) expect(secret).toContain(':?');
  expect(text.match(/(PASSWORD|PWD|SECRET)\w*: (?!\$\{)\S+/g)).toBeNull();
});

it('the image is built in stages, runs as a user without rights and says how it is', () => {
  const stages = dockerfile.filter(l => l.startsWith('FROM '));
  expect(stages.length).toBe(3);
  expect(new Set(stages.map(l => l.split(' ')[1]))).toEqual(new Set(['node:24-bookworm-slim']));
  const last = dockerfile.slice(dockerfile.lastIndexOf(stages.at(-1)!));
  expect(last.filter(l => l.startsWith('USER '))).toEqual(['USER node']);
  expect(last.some(l => l.startsWith('HEALTHCHECK '))).toBe(true);
  // Every folder that the programs import from is in it.
  const copies = last.filter(l => l.startsWith('COPY ') && !l.includes('--from'));
  const copied = copies.flatMap(l => l.split(' ').slice(1, -1));
  for (const folder of ['bin', 'domain', 'db', 'activities', 'workflows', 'api', 'package.json'])
    expect(copied).toContain(folder);
  const env = last.find(l => l.startsWith('ENV '))!;
  expect([...env.matchAll(/(\w+)=/g)].map(m => m[1]).filter(name => !(name! in Environment.shape))).toEqual([]);
});
