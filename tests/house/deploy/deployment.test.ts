import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { parse } from 'yaml';
import { Environment, readConfig } from '../../../db/platform/config.ts';

interface Service {
  image?: string;
  build?: string;
  command?: string[] | undefined;
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  deploy?: { replicas: number };
  depends_on?: Record<string, { condition: string }>;
  ports?: string[];
  volumes?: string[];
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

/** Services that stay up and nobody asks how they are: the entry and the UI keep nothing that others wait for. */
const unasked = (all: Record<string, Service>): string[] =>
  Object.entries(all)
    .filter(([name]) => !['entry', 'temporal-ui', 'migrate'].includes(name))
    .filter(([, { healthcheck }]) => !healthcheck?.test?.length)
    .map(([name]) => name);

it('[PLT-106] asks every service that stays how it is, and starts what needs another one after it', () => {
  expect(unasked(services)).toEqual([]);
  expect(services['migrate']?.healthcheck).toEqual({ disable: true });
  const silent = Object.entries(services).map(([name, service]) => [name, { ...service, healthcheck: undefined }]);
  expect(unasked(Object.fromEntries(silent))).toEqual(['postgres', 'temporal', 'api', 'worker']);
  for (const name of ['api', 'worker'])
    expect(services[name]?.depends_on).toEqual({
      migrate: { condition: 'service_completed_successfully' },
      temporal: { condition: 'service_healthy' },
    });
  expect(services['worker']?.healthcheck?.test).toEqual(['CMD', 'node', 'bin/healthy.mjs', 'worker']);
});

it('[POV-092] backs up before it migrates, where the backup stays', () => {
  const { command, volumes } = services['migrate']!;
  expect(command).toEqual(['node', 'bin/database/main.ts', 'deploy']);
  const data = dockerfile.join(' ').match(/ DATA_DIR=(\S+)/)![1];
  expect(volumes).toEqual([`backups:${data}`]);
});

it('gives what keeps and fetches files one place for them', () => {
  const data = dockerfile.join(' ').match(/ DATA_DIR=(\S+)/)![1];
  for (const name of ['api', 'worker']) expect(services[name]!.volumes).toEqual([`files:${data}/files`]);
});

/** Places of volumes that the image does not make for its user: there they would be root's, and nothing is written. */
function unmade(all: Record<string, Service>, lines: string[]): string[] {
  const mounts = Object.values(all).filter(s => s.build === '.').flatMap(s => s.volumes ?? []);
  const before = lines.slice(0, lines.findIndex(l => l.startsWith('USER ')));
  const made = before.filter(l => l.startsWith('RUN install -d -o node -g node ')).flatMap(l => l.split(' ').slice(7));
  return [...new Set(mounts.map(mount => mount.split(':')[1]!))].filter(place => !made.includes(place));
}

it('[PLT-120] makes each place of a volume, for the user that it runs as', () => {
  expect(unmade(services, dockerfile)).toEqual([]);
});

/** What programs open beside their pools: they listen for changes and live events, relay, and ask how they are. */
const beside = 4,
  /** For the deploy, and for who looks at it with a tool of its own. */
  spare = 20;
/** How many connections all of the file may open at once, and how many the server takes. */
function connections(all: Record<string, Service>): [wanted: number, taken: number] {
  const sizes = (name: string, ...names: string[]): number =>
    names.reduce((sum, variable) => sum + Number(filled(String(all[name]!.environment![variable]))), beside);
  const engine = all['temporal']!.environment!;
  // Each of its services has pools of its own: frontend, history, matching, worker.
  const ofEngine = 4 * (Number(engine['SQL_MAX_CONNS']) + Number(engine['SQL_VIS_MAX_CONNS']));
  const wanted =
    all['api']!.deploy!.replicas * sizes('api', 'DB_POOL', 'DB_REPORT_POOL') +
    all['worker']!.deploy!.replicas * sizes('worker', 'DB_POOL') + ofEngine + spare;
  // 100 is what PostgreSQL takes when it is told nothing.
  return [wanted, Number(/max_connections=(\d+)/.exec(all['postgres']!.command?.join(' ') ?? '')?.[1] ?? 100)];
}

it('[PLT-104] lets PostgreSQL take more connections than everything on it may open', () => {
  const [wanted, taken] = connections(services);
  expect(wanted).toBeGreaterThan(200);
  expect(taken).toBeGreaterThan(wanted);
  expect(readFileSync('docs/operating.md', 'utf8')).toContain(`\`max_connections\` is ${taken}`);
});

it('lets nobody outside read the figures', () => expect(text).toMatch(/deny .*if \{ path [^}]*\/metrics \}/));

/** Of what may be left out altogether: files lie in a volume then, and no service is heard that reports of mails. */
const optional = ['${STORAGE_SECRET:-}', '${DELIVERY_SECRET:-}', '${RESEND_WEBHOOK_SECRET:-}'];
/** Secrets that stand in the file, and those that need not be set. */
const secretFaults = (compose: string): string[] => [
  ...(compose.match(/\$\{\w*(PASSWORD|SECRET)\w*[^}]*\}/g) ?? []).filter(secret => !secret.includes(':?') && !optional.includes(secret)),
  ...(compose.match(/(PASSWORD|PWD|SECRET)\w*: (?!\$\{)\S+/g) ?? []),
];

it('holds no secret: each must be set', () => expect(secretFaults(text)).toEqual([]));

/** What the image is lacking. */
function imageFaults(lines: string[]): string[] {
  const stages = lines.filter(l => l.startsWith('FROM '));
  const last = lines.slice(lines.lastIndexOf(stages.at(-1)!));
  const users = last.filter(l => l.startsWith('USER '));
  const copies = last.filter(l => l.startsWith('COPY ') && !l.includes('--from'));
  const copied = copies.flatMap(l => l.split(' ').slice(1, -1));
  // Every folder that the programs import from is in it.
  const needed = ['bin', 'domain', 'db', 'activities', 'workflows', 'api', 'package.json'];
  const env = last.find(l => l.startsWith('ENV ')) ?? '';
  const unknown = [...env.matchAll(/(\w+)=/g)].map(m => m[1]!).filter(name => !(name in Environment.shape));
  const bases = stages.map(l => l.split(' ')[1]!).filter(base => base !== 'node:24-bookworm-slim');
  return [
    ...(stages.length === 3 ? [] : ['it has not its three stages']),
    ...bases.map(base => `it begins with ${base}`),
    ...(users.join() === 'USER node' ? [] : ['it runs as somebody else']),
    ...(last.some(l => l.startsWith('HEALTHCHECK ')) ? [] : ['it does not say how it is']),
    ...needed.filter(folder => !copied.includes(folder)).map(folder => `${folder} is not in it`),
    ...unknown.map(name => `${name} is unknown`),
  ];
}

it('the image is built in stages, runs as a user without rights and says how it is', () => {
  expect(imageFaults(dockerfile)).toEqual([]);
});

describe('a fault that is planted is found:', () => {
  it('a place that the image does not make, and connections for nobody', () => {
    const without = dockerfile.map(l => l.replace(/ \S+\/files$/, ''));
    expect(unmade(services, without)).toEqual(['/var/lib/throughline/files']);
    const [wanted, taken] = connections({ ...services, postgres: { ...services['postgres'], command: undefined } });
    expect(taken).toBeLessThan(wanted);
  });
  it.each([
    ['a password with a default', ':?set POSTGRES_PASSWORD', ':-postgres'],
    ['a secret in the file', '${SESSION_SECRET:?set SESSION_SECRET, at least 32 characters}', 'abc'],
  ])('%s', (_, was, is) => {
    expect(text).toContain(was);
    expect(secretFaults(text.replace(was, is))).toHaveLength(1);
  });
  it.each([
    ['root', /^USER .*/, '', 'it runs as somebody else'],
    ['no health', /^HEALTHCHECK .*/, '', 'it does not say how it is'],
    ['another base', /^FROM node:24-bookworm-slim/, 'FROM node:latest', 'it begins with node:latest'],
    ['a folder less', /^COPY workflows .*/, '', 'workflows is not in it'],
    ['a variable of its own', /^ENV /, 'ENV MOON=full ', 'MOON is unknown'],
  ])('an image with %s', (_, was, is, fault) => {
    expect(imageFaults(dockerfile.map(line => line.replace(was, is)))).toContain(fault);
  });
});
