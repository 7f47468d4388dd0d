import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pov } from '../../../domain/pov/pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { fiftyDays, newPov, newTemplate, phasesOf, readPov, type Listed } from '../../kit/pov.fixture.ts';

let app: App, admin: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  admin = await app.as('admin');
});
afterAll(() => app?.stop());

interface Page {
  items: { id: string }[];
  nextCursor: string | null;
}

describe('[PLT-047] read by cursor while others are made, no item comes twice and none is missed:', () => {
  type Make = (n: number) => Promise<string>;
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await admin.post<{ id?: string; data?: { id: string } }>(path, body);
    expect(answer.status).toBe(201);
    return answer.body.id ?? answer.body.data!.id;
  };
  const lists: [string, Make][] = [
    ['/api/povs?sort=title', n => made('/api/povs', { title: `POV ${n % 5}`, ...fiftyDays })],
    ['/api/povs?sort=-createdAt', n => made('/api/povs', { title: `POV ${n}`, ...fiftyDays })],
    ['/api/povs?q=Sought&sort=-title', n => made('/api/povs', { title: `Sought ${n % 3}`, ...fiftyDays })],
    [
      '/api/workflows/instances?sort=-createdAt',
      n => made('/api/workflows/instances', { referenceType: 'invoice', referenceId: randomUUID(), title: `A ${n}` }),
    ],
    [
      '/api/notifications?sort=-createdAt',
      n => made('/api/notifications', { userId: admin.userId, subject: `N ${n}`, body: '' }),
    ],
    ['/api/feature-requests?sort=title', n => made('/api/feature-requests', { title: `F ${n % 3}` })],
  ];

  it.each(lists)('%s', async (path, make) => {
    const before = new Set<string>();
    for (let n = 0; n < 7; n++) before.add(await make(n));
    const seen: string[] = [];
    let cursor: string | null = '',
      n = 7;
    while (cursor !== null) {
      const page: Page = (await admin.get<Page>(`${path}&limit=3${cursor && `&cursor=${cursor}`}`)).body;
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(i => i.id));
      cursor = page.nextCursor;
      if (n < 12) await make((n += 1));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect([...before].filter(id => !seen.includes(id))).toEqual([]);
  });

  it('and a page has 20, at most 100', async () => {
    const page = (await admin.get<Listed<object> & { page: number; pageSize: number; totalPages: number }>('/api/povs'))
      .body;
    expect([page.items.length, page.page, page.pageSize, page.totalPages]).toEqual([
      ...[Math.min(20, page.total), 1, 20, Math.ceil(page.total / 20)],
    ]);
    expect((await admin.get<{ pageSize: number }>('/api/povs?pageSize=1000')).body.pageSize).toBe(100);
    for (const query of ['pageSize=0', 'page=0', 'limit=0', 'cursor=x'])
      expect([query, (await admin.get(`/api/povs?${query}`)).status]).toEqual([query, 400]);
  });
});

describe('[PLT-006] ten edits of one POV at once', () => {
  it('with one version: one is made, nine are refused', async () => {
    const pov = await newPov(admin);
    const edits = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        admin.patch<Pick<Pov, 'objective'> & Pick<ProblemBody, 'code'>>(`/api/povs/${pov.id}`, {
          ...{ objective: `Edit ${i}`, version: pov.version },
        }),
      ),
    );
    expect(edits.map(e => e.status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
    expect(new Set(edits.filter(e => e.status === 409).map(e => e.body.code))).toEqual(new Set(['stale-version']));
    const read = await readPov(admin, pov.id);
    expect([read.version, read.objective]).toEqual([
      ...[pov.version + 1, edits.find(e => e.status === 200)!.body.objective],
    ]);
    const log = await inDatabase(
      app,
      `select 1 from audit_log where record_id = $1 and action = 'UPDATE' and new_values ? 'objective'`,
      [pov.id],
    );
    expect(log).toHaveLength(1);
  });
});

describe('[PLT-005] what is deleted is gone from reads and lists, and still in its table:', () => {
  const gone = async (path: string, list: string, table: string): Promise<void> => {
    const id = path.split('/').at(-1);
    const listed = async (): Promise<boolean> =>
      (await admin.get<Page>(`${list}?pageSize=100`)).body.items.some(i => i.id === id);
    expect([(await admin.get(path)).status, await listed()]).toEqual([200, true]);
    expect((await admin.delete(path)).status).toBeLessThan(300);
    expect([(await admin.get(path)).status, await listed()]).toEqual([404, false]);
    const rows = await inDatabase<{ gone: boolean }>(
      app,
      `select deleted_at is not null as gone from ${table} where id = $1`,
      [id],
    );
    expect(rows).toEqual([{ gone: true }]);
  };

  it('a POV, with its children', async () => {
    const pov = await newPov(admin);
    await gone(`/api/povs/${pov.id}`, '/api/povs', 'pov');
    const children = await inDatabase<{ n: number }>(app, 'select count(*)::int as n from phase where pov_id = $1', [
      pov.id,
    ]);
    expect(children).toEqual([{ n: 1 }]);
  });

  it('a phase, a milestone, a KPI and a template', async () => {
    const pov = await newPov(admin);
    const at = `/api/povs/${pov.id}`;
    const make = async (path: string, body: object): Promise<string> =>
      `${path}/${(await admin.post<{ id: string }>(path, body)).body.id}`;
    const [planning] = await phasesOf(admin, pov.id);
    const milestones = `${at}/phases/${planning!.id}/milestones`;
    await gone(await make(milestones, { name: 'M', dueDate: fiftyDays.endDate }), milestones, 'milestone');
    await gone(await make(`${at}/kpis`, { name: 'K' }), `${at}/kpis`, 'pov_kpi');
    await gone(`${at}/phases/${planning!.id}`, `${at}/phases`, 'phase');
    await gone(`/api/admin/phases/${(await newTemplate(admin, ['Gone'])).id}`, '/api/admin/phases', 'phase_template');
  });
});
