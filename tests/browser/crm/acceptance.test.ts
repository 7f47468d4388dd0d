import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Account } from '../../../domain/crm/account.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { newAccount, newContact, withAccountTypes } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { closeBrowser, closePages, openPage, visit } from '../../kit/page.ts';
import { becomes } from '../web.fixture.ts';

/** What each role may do with accounts and contacts: how many of the two there are, new ones, changes, deletion. */
const roles = [
  ['admin', { sees: 'all', writes: true, deletes: true, exports: true }],
  ['manager', { sees: 'all', writes: true, deletes: true, exports: true }],
  ['sales', { sees: 'own', writes: true, deletes: false, exports: false }],
  ['accounting', { sees: 'all', writes: false, deletes: false, exports: false }],
] as const;
type Username = (typeof roles)[number][0];

let app: App, admin: Client, manager: Client;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
  await withAccountTypes(app.tenant.id);
  [admin, manager] = [await app.as('admin'), await app.as('manager')];
  await newAccount(manager, { accountName: 'Of somebody else', industry: 'Steel' });
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const audited = async (tableName: string, recordId: string, userId: string): Promise<string[]> => {
  const query = `tableName=${tableName}&recordId=${recordId}&userId=${userId}&pageSize=100`;
  const { body } = await admin.get<{ items: { action: string }[] }>(`/api/admin/audit-logs?${query}`);
  return [...new Set(body.items.map(row => row.action))].sort();
};

/** An account and a contact at it that the person sees. */
async function given(username: Username): Promise<{ account: Account; contact: Contact }> {
  const about = { accountName: `Seen by ${username}`, industry: 'Food', accountOwner: app.tenant.users[username] };
  const account = await newAccount(manager, about);
  const contact = await newContact(manager, { accountId: account.id, firstName: 'Kim', lastName: `of ${username}` });
  return { account, contact };
}

/** Shows the column, and sees that it is there after a reload too. */
async function columnStays(page: Page, list: string, column: string): Promise<void> {
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const kept = page.waitForResponse(
    r => r.url().includes('/api/table-preferences/') && r.request().method() === 'POST',
  );
  const menu = page.getByRole('dialog', { name: /^Columns of/ });
  await menu.getByRole('checkbox', { name: column, exact: true }).click();
  expect((await kept).status()).toBe(200);
  await page.reload();
  await page.getByRole('table', { name: list }).getByRole('columnheader', { name: column }).waitFor();
}

/** Opens each tab of the record's page. */
async function walkTabs(page: Page, noun: string, least: number): Promise<void> {
  const links = page.getByRole('navigation', { name: `Parts of the ${noun}` }).getByRole('link');
  const tabs = await links.evaluateAll(all =>
    all.map(link => (link as { getAttribute(name: string): string }).getAttribute('href')));
  expect(tabs.length).toBeGreaterThanOrEqual(least);
  for (const tab of tabs) {
    await page.locator(`nav[aria-label="Parts of the ${noun}"] a[href="${tab}"]`).click();
    await page.waitForURL(url => url.pathname === tab);
    const loading = page.locator('#main :is([aria-busy="true"], .animate-pulse)');
    await becomes(() => loading.count(), 0, 'how much still loads');
    expect(await page.getByText('Something went wrong').count()).toBe(0);
  }
  await page.locator(`nav[aria-label="Parts of the ${noun}"] a[href="${tabs[0]}"]`).click();
}

async function changeInPlace(page: Page, name: string, label: string, value: string): Promise<void> {
  const field = page.locator(`[data-field="${name}"]`);
  await field.hover();
  await field.getByRole('button', { name: `Edit ${label}` }).click();
  await field.getByLabel(label).fill(value);
  await page.keyboard.press('Enter');
  await field.getByText(value).waitFor();
}

describe('accounts and contacts are accepted', () => {
  it.each(roles)('[CRM-124] as %s: lists, tabs, changes in place, rights and the audit log', async (username, may) => {
    const { account, contact } = await given(username);
    const [by, page] = [await app.as(username), await openPage(app, username)];
    await inDatabase(app, 'delete from table_preference');

    for (const [path, list, column, name] of [
      ['/accounts', 'Accounts', 'Industry', account.accountName],
      ['/contacts', 'Contacts', 'Department', contact.fullName],
    ] as const) {
      await visit(page, path);
      await page.getByRole('table', { name: list }).getByRole('link', { name, exact: true }).waitFor();
      await columnStays(page, list, column);
      const count = (label: string): Promise<number> => page.getByRole('link', { name: label, exact: true }).count();
      expect(await count(list === 'Accounts' ? 'New account' : 'New contact')).toBe(may.writes ? 1 : 0);
      expect(await page.getByRole('button', { name: /^Export/ }).count()).toBe(may.exports ? 1 : 0);
    }
    await visit(page, '/accounts');
    await page.getByRole('link', { name: account.accountName, exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Of somebody else' }).count()).toBe(may.sees === 'all' ? 1 : 0);

    for (const [record, noun, tabs, name, label] of [
      [`/accounts/${account.id}`, 'account', 8, 'industry', 'Industry'],
      [`/contacts/${contact.id}`, 'contact', 6, 'jobTitle', 'Job title'],
    ] as const) {
      await visit(page, record);
      await walkTabs(page, noun, tabs);
      await page.locator(`[data-field="${name}"]`).waitFor();
      if (may.writes) await changeInPlace(page, name, label, `By ${username}`);
      else expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
      const made = username === 'manager' ? ['CREATE'] : [];
      const written = may.writes ? [...made, 'UPDATE'] : made;
      const logged = async (): Promise<string> => (await audited(noun, record.split('/').at(-1)!, by.userId)).join();
      await becomes(logged, written.join(), `the log of the ${noun}`);
    }

    const wanted = { accountName: `New of ${username}`, accountType: 'Customer' };
    const fresh = await by.post<Account>('/api/accounts', wanted);
    expect(fresh.status).toBe(may.writes ? 201 : 403);
    for (const [path, table, id] of [
      ['/api/contacts', 'contact', contact.id], ['/api/accounts', 'account', account.id],
    ] as const) {
      expect((await by.delete(`${path}/${id}`)).status).toBe(may.deletes ? 204 : 403);
      expect((await audited(table, id, by.userId)).includes('DELETE')).toBe(may.deletes);
    }
    if (may.writes) expect(await audited('account', fresh.body.id, by.userId)).toEqual(['CREATE']);
  }, 120_000);
});
