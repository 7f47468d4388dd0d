import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../domain/index.ts';
import type { AnyEndpoint } from '../../../domain/platform/contract.ts';
import { realPath, realRecords, type RealRecords } from '../../house/real-records.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newPov, phasesOf } from '../../kit/pov.fixture.ts';

let app: App, admin: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  admin = await app.as('admin');
});
afterAll(() => app?.stop());

/** Every value of the answer, with the path to it. */
const leaves = (value: unknown, path = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([k, v]) => leaves(v, `${path}.${k}`))
    : [[path, value]];

/** Ids that are names of their own: of workflows and runs in the engine, of steps, templates, requests, programs. */
const named = /\.(clientId|workflowId|temporalWorkflowId|stepId|currentStepId|templateId|requestId|runId)$/;
const counted = { ids: 0, times: 0 };
const deep = (e: AnyEndpoint): number => e.path.split('/').length;

let found: RealRecords;
const again: { path: string; same: boolean }[] = [];

describe('records', () => {
  describe('[PLT-008] have UUIDs for ids, and times in UTC:', () => {
    beforeAll(async () => {
      found = await realRecords(app, admin, admin, { again });
    });
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    const reading = Object.values(endpoints).filter(
      e => e.method === 'GET' && e.needs !== 'anonymous' && !e.raw && !e.path.startsWith('/api/process-types'),
    );

    it.each(reading.map(e => [e.path, e] as const))('%s', async (_, e) => {
      const { status, body } = await admin.get(realPath(e, found));
      expect(status).toBe(200);
      const texts = leaves(body).filter((l): l is [string, string] => typeof l[1] === 'string');
      const ids = texts.filter(([path]) => /(^|\.)id$|[a-z]Id$/.test(path) && !named.test(path));
      const times = texts.filter(([path]) => /(\.at|At|Date|Since|Login|\.now)$/.test(path));
      expect(ids.filter(([, v]) => !uuid.test(v))).toEqual([]);
      expect(times.filter(([, v]) => !utc.test(v))).toEqual([]);
      // Under any other name, too: what looks like a time ends in Z.
      const odd = texts.filter(([, v]) => /^\d{4}-\d\d-\d\d[T ]\d\d:/.test(v) && !utc.test(v));
      expect(odd).toEqual([]);
      counted.ids += ids.length;
      counted.times += times.length;
    });

    it('and there were many', () => {
      expect([counted.ids > 100, counted.times > 100]).toEqual([true, true]);
    });
  });

  it('[PLT-053] that are sent again with their key are there once, with the same answer', () => {
    expect(again.filter(({ same }) => !same)).toEqual([]);
    expect(again.length).toBeGreaterThan(30);
  });

  it('[PLT-053] that are taken away again with the same key are gone, with the same answer', async () => {
    // What belongs to something goes before it.
    const deleting = Object.values(endpoints).filter(e => e.method === 'DELETE').sort((a, b) => deep(b) - deep(a));
    const faults: string[] = [];
    let gone = 0;
    for (const e of deleting) {
      const key = { 'Idempotency-Key': `without-${e.path}` };
      const [first, second] = [
        await admin.delete(realPath(e, found), undefined, key), await admin.delete(realPath(e, found), undefined, key),
      ];
      if (first.status < 300) gone += 1;
      if (second.status !== first.status) faults.push(`${e.path}: ${first.status}, then ${second.status}`);
    }
    expect(faults).toEqual([]);
    expect(gone).toBeGreaterThan(30);
  });

  it('[PLT-029] a user made with an older name of a role has the role', async () => {
    const { status, body } = await admin.post<{ role: string }>('/api/admin/users', {
      username: 'olive',
      fullName: 'Olive',
      email: 'olive@example.com',
      role: 'Sales Management',
    });
    expect([status, body.role]).toEqual([201, 'SALES_MANAGEMENT']);
  });

  it('[POV-020] refuse what is wrong in the common envelope', async () => {
    const { status, body } = await admin.post<ProblemBody>('/api/povs', { title: 7 });
    expect([status, body.error]).toEqual([400, 'Validation failed']);
    expect(body.errors.map(e => e.pointer).sort()).toEqual(['/endDate', '/startDate', '/title']);
    expect(body.details).toHaveLength(3);
  });

  it('[PLT-003] go with their tenant, and with their POV', async () => {
    const pov = await newPov(admin);
    const [phase] = await phasesOf(admin, pov.id);
    await admin.post(`/api/povs/${pov.id}/phases/${phase!.id}/milestones`, { name: 'M', dueDate: pov.endDate });
    const left = async (): Promise<number[]> =>
      Promise.all(
        ['pov', 'phase', 'milestone', 'team_member', 'app_user', 'audit_log'].map(
          async table => (await inDatabase<{ n: number }>(app, `select count(*)::int as n from ${table}`))[0]!.n,
        ),
      );
    expect((await left()).every(n => n > 0)).toBe(true);
    await inDatabase(app, 'delete from pov');
    expect((await left()).slice(0, 4)).toEqual([0, 0, 0, 0]);
    await inDatabase(app, 'delete from tenant');
    expect(await left()).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
