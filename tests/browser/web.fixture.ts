import { it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright-core';
import { until, type App } from '../kit/app.ts';
import type { Pov } from '../../domain/pov/pov.ts';
import { join, newPov, newTemplate, phasesOf, submit } from '../kit/pov.fixture.ts';

/** Where the page says what its process waits for. */
export const sentence = (page: Page, words: string | RegExp): Locator =>
  page.getByRole('status', { name: 'What happens now' }).filter({ hasText: words });

/** The words of that sentence, without the line of times below it. */
export const sentenceText = async (page: Page): Promise<string> =>
  (await page.getByRole('status', { name: 'What happens now' }).locator('p').first().innerText()).trim();

/** A POV in progress whose first phase waits for its two approvers, with a milestone and a KPI. */
export async function povWithApproval(app: App, title: string): Promise<Pov> {
  const [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
  const { id: templateId } = await newTemplate(admin, ['Initiation', 'Installation'], { name: `Template of ${title}` });
  const pov = await newPov(manager, { title, customerName: 'Northwind', revenue: '120000', templateId });
  await join(manager, pov.id, app.tenant.users.sales, 'PROJECT_MANAGER');
  await join(manager, pov.id, app.tenant.users.sales2, 'SALES_ENGINEER');
  await join(manager, pov.id, app.tenant.users.sales3, 'TECHNICAL_TEAM');
  const [phase] = await phasesOf(manager, pov.id);
  const made = async (path: string, body: object): Promise<void> => {
    const answer = await manager.post(`/api/povs/${pov.id}/${path}`, body);
    if (answer.status !== 201) throw new Error(`No ${path}: ${JSON.stringify(answer.body)}`);
  };
  await made(`phases/${phase!.id}/milestones`, { name: 'Plant connected', dueDate: '2026-12-01T09:00:00.000Z' });
  await made('kpis', { name: 'Less waste', target: { value: 20 } });
  await made('launch', {});
  await submit(manager, pov.id, phase!.id);
  await app.settled();
  return pov;
}

interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary: string }[];
}

/** Never serious, and some are the dearest of all to look for. */
const lesser = [
  ...['banner', 'complementary', 'contentinfo', 'main'].map(name => `landmark-${name}-is-top-level`),
  ...['landmark-no-duplicate-banner', 'landmark-no-duplicate-contentinfo', 'landmark-no-duplicate-main'],
  ...['landmark-one-main', 'landmark-unique', 'region', 'heading-order', 'page-has-heading-one', 'skip-link'],
  ...['empty-heading', 'empty-table-header', 'aria-allowed-role', 'scope-attr-valid', 'presentation-role-conflict'],
];
const off = (...names: string[]): object => Object.fromEntries(names.map(name => [name, { enabled: false }]));

/** The dark changes nothing but colours, a narrow screen no colours: each is asked for what it may change. */
const rules = {
  all: { rules: off(...lesser) },
  colours: { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
  structure: { rules: off(...lesser, 'color-contrast', 'link-in-text-block') },
};

/** The menu and the bar at the top, which are the same around every page and more than most pages have. */
const shell = ['header[data-shell]', 'nav[aria-label="Main"]'];

/** What axe finds on the page as it stands, serious or worse, in short lines; in the shell only when asked to. */
export async function seriousFindings(
  page: Page, of: keyof typeof rules = 'all', withShell = false,
): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(await axe);
  const options = JSON.stringify({ resultTypes: ['violations'], ...rules[of] });
  const within = withShell ? 'document' : JSON.stringify({ exclude: shell });
  const found = await page.evaluate<Finding[]>(
    `axe.run(${within}, ${options}).then(r => r.violations.map(({ id, impact, nodes }) =>
      ({ id, impact, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(n => `${id}: ${n.html.slice(0, 160)} ${n.failureSummary.split('\n')[1] ?? ''}`),
    );
}
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How a day is walked: at a desk, and on a phone at night. */
export const looks: Record<string, { viewport: { width: number; height: number }; colorScheme: 'light' | 'dark' }> = {
  '1280 light': { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  '375 dark': { viewport: { width: 375, height: 812 }, colorScheme: 'dark' },
};

/** Goes on by Tab until it has the focus: what the keyboard does not reach is a fault. */
export async function tabTo(page: Page, place: Locator): Promise<void> {
  await place.waitFor();
  for (let presses = 0; presses < 150; presses++) {
    if (await hasFocus(place)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${String(place)}`);
}
const hasFocus = (place: Locator): Promise<boolean> =>
  place.evaluate(element =>
    element === (globalThis as { document?: { activeElement: unknown } }).document?.activeElement);

/** Counts what the page asks the API for, from now on. */
export function requestsOf(page: Page, fits: (path: string) => boolean): string[] {
  const asked: string[] = [];
  page.on('request', request => {
    const { pathname } = new URL(request.url());
    if (fits(pathname)) asked.push(`${request.method()} ${pathname}`);
  });
  return asked;
}

/** Waits until a value of the page is as expected; fails with what it was last. */
export async function becomes<T>(read: () => Promise<T>, wanted: T, what: string): Promise<void> {
  let last: T | undefined;
  await until(`${what} is ${String(wanted)}`, async () => (last = await read()) === wanted, 15_000).catch(error => {
    throw new Error(`${String(error)}; it is ${String(last)}`);
  });
}

/** Steps that build on each other: after one that fails the others fail at once, instead of waiting in vain. */
export function story(): (what: string, tell: () => Promise<void>) => void {
  let broken: string | undefined;
  return (what, tell) =>
    it(what, async () => {
      if (broken) throw Object.assign(new Error(`An earlier step failed: ${broken}`), { stack: '' });
      broken = what;
      await tell();
      broken = undefined;
    });
}
