import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Page } from 'playwright-core';
import type { Client } from 'pg';
import { hashPassword } from '../activities/platform/identity/password.ts';
import type { Figure } from '../bin/docs/figure.ts';
import { buildWeb } from '../bin/web-build.ts';
import { plain } from './figures.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import { asOwner, root, type Rig } from './rig.ts';
import { tableFigure, type Operation } from './table-limits.ts';

const password = 'a password of the bench';
const manyRows = 5_000,
  ownFields = 36;
/** What is waited for is asked in the page, where nothing is evaluated otherwise. */
const desktop = { viewport: { width: 1440, height: 900 }, bypassCSP: true };
/** As the browser draws: it is asked once for each frame. */
const everyFrame = { polling: 'raf', timeout: 60_000 } as const;

/** The table of accounts in a real browser: 1,000 rows as people find them, then 5,000 with every column. */
export async function measureTable(rig: Rig, { rounds }: Sizes): Promise<Figure[]> {
  await buildWeb(root);
  const database = await rig.database('bench_table');
  const who = await makeCompany(database);
  await asOwner(database, async db => {
    await loadAccounts(db, who, 1, 1_000);
    const signer = 'update app_user set password_hash = $2 where id = $1';
    await db.query(signer, [who.admin.id, await hashPassword(password)]);
  });
  const api = await rig.api(database);
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
  });
  try {
    const context = await browser.newContext({ baseURL: api.url, ...desktop });
    const data = { tenant: 'bench', username: 'user-1', password };
    const answer = await context.request.post('/api/auth/signin', { data });
    if (!answer.ok()) throw new Error(`Nobody could sign in: ${await answer.text()}`);
    const page = await context.newPage();
    await opened(page);
    const times = await measuredOften(page, rounds);
    const figures = (Object.keys(times) as Operation[]).map(name => tableFigure(name, times[name]));
    await asOwner(database, async db => {
      await loadAccounts(db, who, 1_001, manyRows);
      await defineFields(db, who);
    });
    await context.close();
    const wide = await browser.newContext({ baseURL: api.url, ...desktop });
    await wide.request.post('/api/auth/signin', { data });
    const shown = await wide.newPage();
    await opened(shown);
    await showAll(shown);
    return [...figures, ...(await measuredWide(shown, rounds))];
  } finally {
    await browser.close();
    await api.stop();
  }
}

const list = 'table[aria-label="Accounts"]';
const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await act();
  return performance.now() - began;
};
const until = (page: Page, holds: string): Promise<unknown> => page.waitForFunction(holds, undefined, everyFrame);
const opened = async (page: Page): Promise<void> => {
  await page.goto('/accounts');
  await until(page, `document.querySelector('html[data-ready]') && document.querySelector('${list} tbody .row-link')`);
};
const hasColumn = (key: string): string => `document.querySelector('${list} th[data-column="${key}"]')`;

async function measuredOften(page: Page, rounds: number): Promise<Record<Operation, number[]>> {
  const times: Record<Operation, number[]> = { load: [], column: [], search: [], save: [] };
  for (let round = 0; round < rounds; round++) {
    times.load.push(await timed(() => opened(page)));
    times.column.push(...(await columnTimes(page)));
    times.search.push(await timed(async () => {
      await page.getByPlaceholder('Search accounts...').fill(`Company 0${777 + round}`);
      const count = `document.querySelectorAll('${list} tbody .row-link').length`;
      await until(page, `${count} === 1 && document.querySelector('${list}').innerText.includes('0${777 + round}')`);
    }));
    times.save.push(await saveTime(page, round));
  }
  return times;
}

/** Shows a column that is hidden, or hides one that is shown, and puts it back. */
async function columnTimes(page: Page): Promise<number[]> {
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const box = page.getByRole('dialog', { name: /^Columns of/ }).getByRole('checkbox', { name: 'Industry', exact: true });
  await box.waitFor();
  const [handle] = await box.elementHandles();
  const toggled = (holds: string): Promise<number> =>
    timed(async () => {
      await handle!.evaluate((element: { click(): void }) => element.click());
      await until(page, holds);
    });
  const there = hasColumn('industry'), gone = `!${there}`;
  const isThere = await page.evaluate<boolean>(`Boolean(${there})`);
  const times = isThere ? [await toggled(gone), await toggled(there)] : [await toggled(there), await toggled(gone)];
  await page.keyboard.press('Escape');
  return times;
}

/** From the press on the button until the page of what was made is there. */
async function saveTime(page: Page, round: number): Promise<number> {
  await page.goto('/accounts/new');
  const form = page.getByRole('dialog', { name: 'New account' });
  await form.getByLabel('Account name').fill(`New of round ${round}`);
  await form.getByLabel('Account type').fill('Cust');
  await page.getByRole('option', { name: 'Customer' }).click();
  return timed(async () => {
    await form.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: `New of round ${round}`, level: 1 }).waitFor();
  });
}

async function showAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const hidden = page.getByRole('dialog', { name: /^Columns of/ }).getByRole('checkbox', { checked: false });
  for (let left = await hidden.count(); left > 0; left = await hidden.count()) {
    const saved = page.waitForResponse(answer => answer.url().includes('/api/table-preferences/'));
    await hidden.first().click();
    await saved;
  }
  await page.keyboard.press('Escape');
}

/** Every column that there is, on thousands of rows. */
async function measuredWide(page: Page, rounds: number): Promise<Figure[]> {
  const first: number[] = [], column: number[] = [], order: number[] = [], longest: number[] = [];
  let frames: number[] = [];
  for (let round = 0; round < rounds; round++) {
    first.push(await timed(() => opened(page)));
    column.push(...(await columnTimes(page)));
    const way = `document.querySelector('${list} th[data-column="accountName"]').getAttribute('aria-sort')`;
    const before = (await page.evaluate(way)) as string | null;
    const head = page.locator(`${list} th[data-column="accountName"]`).getByRole('button').first();
    order.push(await timed(async () => {
      await head.click();
      await until(page, `${way} !== ${JSON.stringify(before)} && !document.querySelector('${list}[aria-busy="true"]')`);
    }));
    const ofRound = (await page.evaluate(scrolled)) as number[];
    frames = frames.concat(ofRound);
    longest.push(Math.max(...ofRound));
  }
  const shown = (await page.evaluate(`document.querySelectorAll('${list} th[data-column]').length`)) as number;
  const about = `${manyRows} accounts, ${shown} columns`;
  return [
    plain({ name: `${about}: page until the first cell`, unit: 'ms' }, first, { atMost: 2_000 }),
    plain({ name: `${about}: a column hidden or shown`, unit: 'ms' }, column, { atMost: 100 }),
    plain({ name: `${about}: another order`, unit: 'ms' }, order),
    plain({ name: `${about}: a frame while it is scrolled`, unit: 'ms' }, frames),
    plain({ name: `${about}: the longest frame of a round`, unit: 'ms' }, longest, { atMost: 100 }),
  ];
}

/** How long each frame takes while the list is scrolled for a second. */
const scrolled = `new Promise(done => {
  const main = document.querySelector('#main'), frames = [];
  let last = performance.now();
  const step = now => {
    frames.push(now - last);
    last = now;
    main.scrollBy(0, 120);
    frames.length < 60 ? requestAnimationFrame(step) : done(frames.slice(1));
  };
  requestAnimationFrame(step);
})`;

async function loadAccounts(db: Client, who: Company, from: number, to: number): Promise<void> {
  if (from === 1)
    await db.query(
      `insert into account_type (id, tenant_id, created_at, updated_at, name)
       values (gen_random_uuid(), $1, now(), now(), 'Customer')`, [who.tenantId],
    );
  await db.query(
    `insert into account (id, tenant_id, created_at, updated_at, account_name, account_type_id, account_owner, industry,
       shipping_city, billing_city, phone, custom_fields)
     select gen_random_uuid(), $1, now(), now(), 'Company ' || lpad(n::text, 4, '0'),
       (select id from account_type limit 1), $2, 'Steel', 'Oslo', 'Bergen', '555-0' || n, '{}'
     from generate_series($3::int, $4::int) n`,
    [who.tenantId, who.admin.id, from, to],
  );
  await db.query('vacuum analyze account');
}

/** Fields of the tenant's own. */
async function defineFields(db: Client, who: Company): Promise<void> {
  await db.query(
    `insert into custom_field (id, tenant_id, created_at, updated_at, record_type, key, label, type, position)
     select gen_random_uuid(), $1, now(), now(), 'account', 'own' || n, 'Own ' || n, 'text', n
     from generate_series(1, $2::int) n`,
    [who.tenantId, ownFields],
  );
  await db.query(
    `update account set custom_fields = (select jsonb_object_agg('own' || n, 'Value ' || n)
       from generate_series(1, $1::int) n)`, [ownFields],
  );
}
