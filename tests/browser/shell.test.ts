import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, type App } from '../kit/app.ts';
import { inDatabase } from '../kit/in-database.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { becomes, povWithApproval } from './web.fixture.ts';

let app: App, pov: Pov;
beforeAll(async () => {
  app = await bootApp({ web: true });
  pov = await povWithApproval(app, 'Cold-chain telemetry');
  await povWithApproval(app, 'Line balancing');
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});
const menu = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const labels = async (page: Page): Promise<string[]> =>
  (await menu(page).getByRole('listitem').getByRole('link').allInnerTexts()).map(text => text.split('\n')[0]!.trim());

describe('the menu', () => {
  it('[PLT-111] each entry leads to its page, and only what exists is shown', async () => {
    const page = await openPage(app, 'admin');
    await visit(page, '/dashboard');
    expect(await labels(page)).toEqual([
      ...['Home', 'Inbox', 'Tasks', 'Notifications', 'POVs', 'Board'],
      ...['Opportunities', 'Pipeline', 'Forecast', 'Partners', 'Principals'],
      ...['Accounts', 'Contacts', 'Activities', 'Groups', 'Tickets', 'Tags', 'E-mail templates', 'Scoring'],
      'Duplicates',
      ...['Products', 'Warehouses', 'Processes', 'Jobs', 'Deleted records'],
      ...['Users', 'Roles', 'Sign-in', 'API keys', 'Phase templates', 'Stages', 'Account types'],
      ...['Categories', 'Fields', 'Enrichment', 'Webhooks', 'Operations', 'Audit log', 'Settings'],
    ]);
    for (const label of await labels(page)) {
      const link = menu(page).getByRole('listitem').getByRole('link', { name: label });
      const href = await link.getAttribute('href');
      await link.click();
      await page.waitForURL(`${app.url}${href}`);
      await page.locator('#main h1').first().waitFor();
      expect(await link.getAttribute('aria-current')).toBe('page');
      expect((await page.request.get(href!)).status()).toBe(200);
    }
  });

  it('[PLT-038] hides from each role what it may not', async () => {
    const everybody = [
      ...['Home', 'Inbox', 'Tasks', 'Notifications', 'POVs', 'Board'],
      ...['Opportunities', 'Pipeline', 'Forecast', 'Partners', 'Principals'],
      ...['Accounts', 'Contacts', 'Activities', 'Groups', 'Tickets', 'Products', 'Warehouses', 'Processes'],
    ];
    const onlyManagers = ['Tags', 'E-mail templates', 'Scoring', 'Duplicates', 'Jobs', 'Deleted records'];
    for (const name of ['manager', 'readonly', 'accounting']) {
      const page = await openPage(app, name);
      await visit(page, '/povs');
      const mayCreate = name === 'manager';
      const shown = await labels(page);
      expect(shown.filter(label => !onlyManagers.includes(label))).toEqual(everybody);
      expect(shown.filter(label => onlyManagers.includes(label))).toEqual(mayCreate ? onlyManagers : []);
      expect(await page.getByRole('link', { name: 'New POV' }).count()).toBe(mayCreate ? 1 : 0);
      expect(await page.getByRole('button', { name: 'Create', exact: true }).count()).toBe(mayCreate ? 1 : 0);
    }
  });

  it('[PLT-038] who only reads sees a POV without anything to change it', async () => {
    const page = await openPage(app, 'readonly');
    for (const tab of ['', '/team', '/phases', '/milestones', '/kpis', '/approvals', '/launch']) {
      await visit(page, `/povs/${pov.id}${tab}`);
      await page.getByRole('heading', { name: pov.title, level: 1 }).waitFor();
      const change =
        /^(Add|Edit|Delete|Remove|Submit|Confirm|Open the launch|Hand over|Status$|More about|Decide|Approve)/;
      expect(await page.locator('#main').getByRole('button', { name: change }).allInnerTexts()).toEqual([]);
      expect(await page.locator('#main').getByRole('checkbox', { disabled: false }).count()).toBe(0);
    }
  });

  it('[PLT-038] says so when an address is opened that is not for the role', async () => {
    for (const path of ['/admin/audit', '/admin/phases', '/povs/new']) {
      const page = await openPage(app, 'readonly');
      page.expectErrors(/status of 403/);
      const answer = await page.goto(path);
      expect([path, answer?.status()]).toEqual([path, 403]);
      await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
      expect(await menu(page).count()).toBe(1);
    }
  });

  it('says so when there is no such page, or no such record', async () => {
    for (const path of ['/nothing-here', `/povs/${app.tenant.id}`, `/processes/pov-lifecycle-${app.tenant.id}`]) {
      const page = await openPage(app, 'manager');
      page.expectErrors(/status of 404/);
      const answer = await page.goto(path);
      expect([path, answer?.status()]).toEqual([path, 404]);
      await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
    }
  });
});

it('[PLT-005] what was deleted is found by its type on one page, and brought back there', async () => {
  const [admin, manager] = [await app.as('admin'), await app.as('manager')];
  const { body: kpi } = await manager.post<{ id: string }>(`/api/povs/${pov.id}/kpis`, { name: 'Latency', target: 9 });
  expect((await manager.delete(`/api/povs/${pov.id}/kpis/${kpi.id}`)).status).toBe(200);
  const { body: tag } = await admin.post<{ id: string }>('/api/tags', { name: 'Seldom used' });
  await admin.delete(`/api/tags/${tag.id}`);
  const page = await openPage(app, 'admin');
  await visit(page, '/deleted');
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await row('Seldom used').waitFor();
  // The filter stands before the head of the column.
  await page.getByRole('button', { name: 'Type', exact: true }).first().click();
  await page.getByRole('menuitemcheckbox', { name: /^KPI/ }).click();
  await page.keyboard.press('Escape');
  await row('Seldom used').waitFor({ state: 'detached' });
  await row('Latency').getByText(pov.title).waitFor();
  await row('Latency').getByRole('button', { name: 'Restore Latency' }).click();
  await page.getByText('Latency is back').waitFor();
  await row('Latency').waitFor({ state: 'detached' });
  expect((await manager.get(`/api/povs/${pov.id}/kpis/${kpi.id}`)).status).toBe(200);
});

describe('the bell', () => {
  it('[PLT-076] counts up live, and down when all are marked as read', async () => {
    const page = await openPage(app, 'sales3');
    await visit(page, '/dashboard');
    const bell = page.getByRole('banner').getByRole('button', { name: /^Notifications/ });
    await becomes(() => bell.getAttribute('aria-label'), 'Notifications', 'the bell');
    const message = { subject: 'Look at this', body: 'Please', referenceType: 'pov', referenceId: pov.id };
    await (await app.as('admin')).post('/api/notifications', { userId: app.tenant.users.sales3, ...message });
    await becomes(() => bell.getAttribute('aria-label'), 'Notifications, 1 unread', 'the bell');
    await bell.click();
    const open = page.getByRole('dialog', { name: 'Notifications' });
    await open.getByRole('link', { name: 'Look at this' }).waitFor();
    await open.getByRole('button', { name: 'Mark all as read' }).click();
    await becomes(() => bell.getAttribute('aria-label'), 'Notifications', 'the bell');
  });

  it('[PLT-070] the page lists only my own, and follows one to its record', async () => {
    const all = await inDatabase<{ count: number }>(
      app,
      'select count(distinct user_id)::int as count from notification where tenant_id = $1',
      [app.tenant.id],
    );
    expect(all[0]!.count).toBeGreaterThan(1);
    const own = await app.as('sales3');
    const of = async (status: string): Promise<number> =>
      (await own.get<{ total: number }>(`/api/notifications?filter[status]=${status}`)).body.total;
    expect([await of('pending'), await of('delivered')]).toEqual([0, 1]);
    const page = await openPage(app, 'sales3');
    await visit(page, '/notifications');
    const mine = page.locator('#main').getByRole('listitem');
    expect(await mine.count()).toBe(1);
    await mine.getByRole('link').click();
    await page.waitForURL(`**/povs/${pov.id}**`);
  });
});

describe('the inbox', () => {
  it('[APR-031] shows what waits for me with its count, and J and K walk through it', async () => {
    const page = await openPage(app, 'sales');
    await visit(page, '/inbox');
    const tabs = page.getByRole('navigation', { name: 'Parts of the inbox' });
    await becomes(async () => /\d+/.exec(await tabs.innerText())?.[0], '2', 'the count');
    const open = page.locator('[data-entry]:has([aria-current="true"])');
    const first = await open.getAttribute('data-entry');
    await page.keyboard.press('j');
    await becomes(async () => (await open.getAttribute('data-entry')) !== first, true, 'another one being open');
    await page.waitForURL(`**/inbox/${await open.getAttribute('data-entry')}`);
    await page.keyboard.press('k');
    await becomes(() => open.getAttribute('data-entry'), first, 'the open one');
  });
});

describe('the audit view', () => {
  it('[PLT-064] filters by record and shows what changed', async () => {
    const page = await openPage(app, 'admin');
    await (await app.as('manager')).patch(`/api/povs/${pov.id}`, { customerName: 'Contoso' });
    await visit(page, `/admin/audit?recordId=${pov.id}`);
    const rows = page.getByRole('table', { name: 'Audit log' }).locator('tbody tr');
    const { body } = await (await app.as('admin')).get<{ total: number }>(`/api/admin/audit-logs?recordId=${pov.id}`);
    expect(body.total).toBeGreaterThan(1);
    expect(await rows.count()).toBe(body.total);
    await rows.first().getByRole('link').first().click();
    await page.getByRole('dialog').getByText('Contoso').first().waitFor();
  });

  it('[PLT-064] filters by user, action and table together, and tells what changed', async () => {
    const manager = await app.as('manager');
    await manager.patch(`/api/povs/${pov.id}`, { objective: 'Fewer spoiled pallets', customerName: 'Adatum' });
    const page = await openPage(app, 'admin');
    await visit(page, '/admin/audit');
    const rows = page.getByRole('table', { name: 'Audit log' }).locator('tbody tr');
    const cells = async (column: number): Promise<string> =>
      [...new Set(await rows.locator(`td:nth-child(${column})`).allInnerTexts())]
        .map(text => text.trim().split('\n').at(-1))
        .join();
    const choose = async (filter: string, option: string): Promise<void> => {
      await page.getByRole('button', { name: filter, exact: true }).first().click();
      await page.getByRole('menuitemcheckbox', { name: option, exact: true }).click();
      await page.getByRole('button', { name: `Remove the filter ${filter}` }).waitFor();
    };
    const columns = (await page.getByRole('columnheader').allInnerTexts()).map(t => t.trim());
    const at = (name: string): number => columns.indexOf(name) + 1;
    await choose('User', 'Manager Example');
    await becomes(() => cells(at('Who')), 'Manager Example', 'the users');
    await choose('Action', 'Update');
    await becomes(() => cells(at('Action')), 'Update', 'the actions');
    await choose('Table', 'POV');
    await becomes(() => cells(at('Table')), 'POV', 'the tables');
    const asked = new URL(page.url()).searchParams;
    expect([asked.get('userId'), asked.get('action')]).toEqual([app.tenant.users.manager, 'UPDATE']);
    const { body } = await (
      await app.as('admin')
    ).get<{ total: number }>(
      `/api/admin/audit-logs?userId=${app.tenant.users.manager}&action=UPDATE&tableName=${asked.get('tableName')!}`,
    );
    expect(await rows.count()).toBe(body.total);
    expect([await cells(at('Who')), await cells(at('Action'))]).toEqual(['Manager Example', 'Update']);
    await page.reload();
    await becomes(() => rows.count(), body.total, 'the rows after a reload');
    await rows.first().getByRole('link').first().click();
    const entry = page.getByRole('dialog', { name: 'Update · POV' });
    await entry.locator('ins', { hasText: 'Fewer spoiled pallets' }).waitFor();
    await entry.locator('ins', { hasText: 'Adatum' }).waitFor();
    await entry.locator('del').first().waitFor();
  });
});

describe('the keyboard', () => {
  it('opens the palette, finds a POV and goes there', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, '/dashboard');
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Search or jump to' });
    await palette.waitFor();
    await page.keyboard.type('cold-chain');
    await palette
      .getByRole('option', { name: /Cold-chain telemetry/ })
      .or(palette.getByText('Northwind'))
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/povs/${pov.id}`);
    await palette.waitFor({ state: 'hidden' });
  });

  it('[PLT-117] goes everywhere: the skip link, two-key jumps, rows by J, menus by arrows, Escape', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, '/dashboard');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.waitForURL('**/povs');
    await page.getByRole('link', { name: pov.title }).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/povs/${pov.id}`);
    const actions = page.getByRole('button', { name: 'Actions' });
    await actions.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: /Edit/ }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator(':focus').innerText()).toBe('Actions');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('c');
    await page.keyboard.press('a');
    await page.waitForURL('**/accounts/new');
  });
});

describe('the delivery', () => {
  it('[PLT-102] keeps built assets for a year, and pages not at all', async () => {
    const page = await openPage(app, 'manager');
    const kept: string[] = [];
    page.on('response', answer => {
      if (answer.url().includes('/_app/immutable/')) kept.push(answer.headers()['cache-control'] ?? answer.url());
    });
    const document = await page.goto('/povs');
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    expect([...new Set(kept)]).toEqual(['public,max-age=31536000,immutable']);
    expect(document?.headers()['cache-control'] ?? '').not.toMatch(/max-age=[1-9]|public/);
  });

  it('[PLT-050] guards pages: a policy with nonces, no frames, no sniffing, no other origin', async () => {
    const page = await openPage(app, 'manager');
    const headers = (await page.goto('/povs'))!.headers();
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-/);
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBeTruthy();
    const script = await page.locator('link[href*="/_app/immutable/"]').first().getAttribute('href');
    for (const path of ['/povs', '/api/health/live', new URL(script!, page.url()).pathname]) {
      const answer = await page.request.get(path, { headers: { Origin: 'https://evil.example' } });
      const { 'x-content-type-options': sniffing, 'access-control-allow-origin': allowed } = answer.headers();
      expect([path, sniffing, allowed]).toEqual([path, 'nosniff', undefined]);
    }
  });
});

describe('the design system', () => {
  const longest = `Math.max(...[...document.querySelectorAll('*')].flatMap(node => ['', '::before', '::after']
    .flatMap(part => { const style = getComputedStyle(node, part);
      return (style.transitionDuration + ',' + style.animationDuration).split(',').map(parseFloat); })))`;

  it('[PLT-113] moves nothing for those who ask for less motion', async () => {
    const calm = await openPage(app, 'manager', { reducedMotion: 'reduce' });
    await visit(calm, `/povs/${pov.id}`);
    await calm.getByRole('button', { name: 'Actions' }).click();
    await calm.getByRole('menu').waitFor();
    expect(await calm.evaluate(longest)).toBeLessThanOrEqual(0.001);
    const lively = await openPage(app, 'manager', { reducedMotion: 'no-preference' });
    await visit(lively, `/povs/${pov.id}`);
    expect(await lively.evaluate(longest)).toBeGreaterThan(0.05);
  });

  it('[PLT-113] has one set of components: letters, heights and corners are the same on every page', async () => {
    const page = await openPage(app, 'admin', { reducedMotion: 'reduce', colorScheme: 'light' });
    const seen = { fonts: new Set(), heights: new Set(), corners: new Set(), titles: new Set(), letters: new Set() };
    for (const path of ['/dashboard', '/inbox', '/povs', `/povs/${pov.id}`, '/processes', '/admin/phases']) {
      await visit(page, path);
      await page.locator('#main h1').first().waitFor();
      const found = await page.evaluate<Record<keyof typeof seen, string[]>>(`(() => {
        const of = (selector, what) => [...document.querySelectorAll(selector)].filter(n => n.offsetParent)
          .map(n => getComputedStyle(n)[what]);
        return {
          fonts: of('#main h1, #main p, #main td, #main button', 'fontFamily').map(f => f.split(',')[0]),
          titles: of('#main h1', 'fontWeight'),
          heights: of('#main .inline-flex.shrink-0.rounded-md.border.font-medium', 'height'),
          corners: of('#main .inline-flex.shrink-0.rounded-md.border.font-medium', 'borderTopLeftRadius'),
          letters: of('#main *:not([aria-hidden="true"], [aria-hidden="true"] *)', 'fontSize'),
        };
      })()`);
      for (const key of Object.keys(seen) as (keyof typeof seen)[]) found[key].forEach(value => seen[key].add(value));
    }
    expect(seen.fonts.size).toBe(1);
    expect([...seen.titles]).toEqual(['600']);
    expect(Math.min(...[...seen.letters].map(size => parseFloat(String(size))))).toBeGreaterThanOrEqual(12);
    expect([...seen.heights].every(height => ['28px', '32px', '40px'].includes(String(height)))).toBe(true);
    expect(seen.corners.size).toBe(1);
  });

  it('[PLT-113] shows the shape of a table while its rows are loading', async () => {
    const page = await openPage(app, 'manager', { reducedMotion: 'reduce' });
    await visit(page, '/notifications');
    let go = (): void => undefined;
    const held = new Promise<void>(resolve => {
      go = resolve;
    });
    await page.route('**/api/processes?**', async route => {
      await held;
      await route.continue();
    });
    await menu(page).getByRole('link', { name: 'Processes' }).click();
    const table = page.getByRole('table', { name: 'Processes' });
    await table.and(page.locator('[aria-busy="true"]')).waitFor();
    expect(await table.locator('tbody tr[aria-hidden="true"]').count()).toBeGreaterThan(3);
    go();
    await page.locator('table[aria-busy="false"]').waitFor();
    expect(await table.locator('tbody tr[aria-hidden="true"]').count()).toBe(0);
  });
});
