import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { standardAccountTypes } from '../../../domain/crm/account-type.ts';
import { standardStages } from '../../../domain/crm/opportunity-stage.ts';
import { standardRules } from '../../../domain/crm/scoring/scoring-rule.ts';
import { roleCodes } from '../../../domain/platform/role.ts';
import { standardTemplate } from '../../../domain/pov/standard-template.ts';
import { bootApp, type App } from '../../kit/app.ts';
import { signIn, type Client } from '../../kit/client.ts';
import { compiled } from '../../kit/program.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp({ worker: false });
});
afterAll(() => app?.stop());

const tenant = async (...args: string[]): Promise<{ code: number; said: string }> => {
  const env = {
    PATH: process.env['PATH'], APP_DATABASE_URL: app.database.appUrl, LOG_LEVEL: 'silent', NODE_COMPILE_CACHE: compiled,
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['bin/tenant.ts', ...args], { env });
    return { code: 0, said: stdout };
  } catch (e) {
    const { code, stderr } = e as { code: number; stderr: string };
    return { code, said: stderr };
  }
};

/** What was said when it was made, once for all that is asked of it. */
let made: ReturnType<typeof tenant> | undefined;
async function newAdmin(): Promise<Client> {
  const { code, said } = await (made ??= tenant('--slug', 'acme', '--name', 'Acme', '--admin', 'ops@acme.example'));
  expect(code).toBe(0);
  return signIn(app.url, 'acme', 'admin', /once: (\S+)/.exec(said)![1]!);
}

it('[PLT-125] a new tenant has its defaults, and an administrator who can sign in', async () => {
  const admin = await newAdmin();
  const templates = await admin.get<{ items: { name: string; isDefault: boolean }[] }>('/api/admin/phases');
  expect(templates.body.items).toMatchObject([{ name: 'Standard POV', isDefault: true }]);
  const roles = await admin.get<{ items: { code: string }[] }>('/api/admin/roles?pageSize=50');
  expect(roles.body.items.map(r => r.code)).toEqual(expect.arrayContaining(['ADMIN', 'SALESPERSON', 'READ_ONLY']));
  const settings = (await admin.get('/api/admin/settings')).body;
  expect(settings).toMatchObject({ slug: 'acme', sandbox: false, timeZone: 'UTC' });
});

it('[PLT-125] has every kind of default: roles, account types, stages, phase templates and scoring rules', async () => {
  const admin = await newAdmin();
  const of = async (path: string, field: string): Promise<unknown[]> =>
    (await admin.get<{ items: Record<string, unknown>[] }>(`${path}?pageSize=100`)).body.items.map(item => item[field]);
  /** By the verb that gives it; a verb that is not here has no test. */
  const kinds: Record<string, [path: string, field: string, expected: readonly unknown[]]> = {
    seedAccountTypes: ['/api/account-types', 'name', standardAccountTypes],
    seedOpportunityStages: ['/api/opportunity-stages', 'key', standardStages.map(s => s.key)],
    seedPhaseTemplates: ['/api/admin/phases', 'name', [standardTemplate.name]],
    seedScoringRules: ['/api/crm/scoring-rules', 'name', standardRules.map(r => r.name)],
  };
  const [, given] = /const defaults = \[(.*?)\];/s.exec(readFileSync('bin/tenant-defaults.ts', 'utf8'))!;
  expect(given!.match(/\w+/g)?.sort()).toEqual(Object.keys(kinds).sort());
  for (const [path, field, expected] of Object.values(kinds))
    expect([path, (await of(path, field)).sort()]).toEqual([path, [...expected].sort()]);
  // The two that approve, beside those that everybody begins with.
  expect((await of('/api/admin/roles', 'code')).sort()).toEqual([...roleCodes, 'CFO', 'VP'].sort());
});

it('says in one line what is missing or wrong, and makes nothing', async () => {
  expect(await tenant('--slug', 'b')).toMatchObject({ code: 1, said: expect.stringMatching(/^Usage: .*\n$/) });
  const taken = await tenant('--slug', app.tenant.slug, '--name', 'A', '--admin', 'a@b.example');
  expect(taken).toEqual({ code: 1, said: `There is a tenant ${app.tenant.slug} already.\n` });
  const wrong = await tenant('--slug', 'ok', '--name', 'A', '--admin', 'a@b.example', '--time-zone', 'Mars');
  expect([wrong.code, wrong.said]).toEqual([1, expect.stringMatching(/^timeZone: must be the name of a time zone/)]);
});
