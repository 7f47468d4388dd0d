import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, type App } from '../kit/app.ts';
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
      'Home',
      'Inbox',
      'Notifications',
      'POVs',
      'Board',
      'Processes',
      'Phase templates',
      'Audit log',
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
    const everybody = ['Home', 'Inbox', 'Notifications', 'POVs', 'Board', 'Processes'];
    for (const name of ['manager', 'readonly', 'accounting']) {
      const page = await openPage(app, name);
      await visit(page, '/povs');
      expect(await labels(page)).toEqual(everybody);
      const mayCreate = name === 'manager';
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

  it('[PLT-111] says so when there is no such page, or no such record', async () => {
    for (const path of ['/nothing-here', `/povs/${app.tenant.id}`, `/processes/pov-lifecycle-${app.tenant.id}`]) {
      const page = await openPage(app, 'manager');
      page.expectErrors(/status of 404/);
      const answer = await page.goto(path);
      expect([path, answer?.status()]).toEqual([path, 404]);
      await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
    }
  });
});

describe('the bell', () => {
  it('[PLT-076, PLT-071] counts up live, and down when all are marked as read', async () => {
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

  it('[PLT-064] filters by user, action and table, and keeps that in the address', async () => {
    const page = await openPage(app, 'admin');
    await visit(page, '/admin/audit');
    await page.getByRole('button', { name: 'Action' }).first().click();
    await page.getByRole('menuitemcheckbox', { name: 'Create' }).click();
    await page.waitForURL('**/admin/audit?action=CREATE');
    await page.keyboard.press('Escape');
    const actions = page.getByRole('table', { name: 'Audit log' }).locator('tbody td:nth-child(3)');
    await becomes(async () => [...new Set(await actions.allInnerTexts())].join().trim(), 'Create', 'the actions');
  });
});

describe('the keyboard', () => {
  it('[PLT-117] opens the palette, finds a POV and goes there', async () => {
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

  it('[PLT-050] guards pages: a policy with nonces, no frames, no sniffing', async () => {
    const answer = await (await openPage(app, 'manager')).goto('/povs');
    const headers = answer!.headers();
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-/);
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/);
  });

  it('[PLT-113] moves nothing for those who ask for less motion', async () => {
    const longest = `Math.max(...[...document.querySelectorAll('*')].flatMap(node => ['', '::before', '::after']
      .flatMap(part => { const style = getComputedStyle(node, part);
        return (style.transitionDuration + ',' + style.animationDuration).split(',').map(parseFloat); })))`;
    const calm = await openPage(app, 'manager', { reducedMotion: 'reduce' });
    await visit(calm, `/povs/${pov.id}`);
    await calm.getByRole('button', { name: 'Actions' }).click();
    await calm.getByRole('menu').waitFor();
    expect(await calm.evaluate(longest)).toBeLessThanOrEqual(0.001);
    const lively = await openPage(app, 'manager', { reducedMotion: 'no-preference' });
    await visit(lively, `/povs/${pov.id}`);
    expect(await lively.evaluate(longest)).toBeGreaterThan(0.05);
  });
});
