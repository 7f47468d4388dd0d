import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { bootApp, type App } from '../../kit/app.ts';
import { closeBrowser, closePages, openPage, visit } from '../../kit/page.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { move } from '../../kit/pov.fixture.ts';
import { inProductionShape } from '../../kit/shape.ts';
import { povWithApproval } from '../web.fixture.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp({ web: true });
  const { id } = await povWithApproval(app, 'Cold-chain telemetry');
  const manager = await app.as('manager');
  const { status } = (await manager.get<Pov>(`/api/povs/${id}`)).body;
  if (status === 'PROJECTED') await move(manager, id, 'IN_PROGRESS');
  await app.settled();
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const under = (page: Page, name: string): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name, exact: true }) });

/** The parts of the dashboard, and what each of them asks for. */
const parts: Record<string, { asks: RegExp; shows(page: Page): Locator }> = {
  'what waits': {
    asks: /api\/workflows\/instances\?.*waitingForMe/,
    shows: page => page.getByLabel('What waits for you').getByRole('link', { name: /^Approve/ }),
  },
  'the week': {
    asks: /api\/processes\?.*pageSize=100/,
    shows: page => under(page, 'The next seven days').getByRole('listitem').getByRole('link').first(),
  },
  'POVs in flight': {
    asks: /api\/povs\?.*IN_PROGRESS(%2C|,)STALLED(%2C|,)VALIDATION/,
    shows: page => under(page, 'POVs in flight').getByRole('link', { name: 'Cold-chain telemetry' }).first(),
  },
  figures: { asks: /api\/pov-figures/, shows: page => page.getByRole('link', { name: /^In flight/ }) },
  'unread messages': {
    asks: /api\/notifications\?.*unread/,
    shows: page => under(page, 'Unread').getByRole('listitem').first(),
  },
  'what happened': {
    asks: /api\/events\?.*newest/,
    shows: page => under(page, 'What happened').getByRole('listitem').first(),
  },
};

/** All parts but one are there, and that one is not: its answer has not come. */
async function showsOthers(page: Page, late: string): Promise<void> {
  const others = Object.entries(parts).filter(([name]) => name !== late);
  await Promise.all(others.map(([, { shows }]) => shows(page).waitFor()));
  expect(await parts[late]!.shows(page).count()).toBe(0);
}

/** Keeps an answer back from the browser until it is let go. */
async function heldBack(page: Page, asks: RegExp): Promise<{ letGo(): void; gate: Promise<void> }> {
  let letGo = (): void => {};
  const gate = new Promise<void>(resolve => (letGo = resolve));
  await page.route(asks, async route => {
    await gate;
    await route.continue();
  });
  return { letGo: () => letGo(), gate };
}

it.each(Object.keys(parts))('[PLT-114] shows its other parts while %s has no answer, then that one', async late => {
  const page = await openPage(app, 'sales');
  await visit(page, '/search');
  const { letGo } = await heldBack(page, parts[late]!.asks);
  await page.getByRole('link', { name: 'Home' }).first().click();
  await showsOthers(page, late);
  letGo();
  await parts[late]!.shows(page).waitFor();
});

it('what is due of the tasks of the reader stands among what waits, and leads there', async () => {
  const sales = await app.as('sales');
  for (const [title, day] of [['Late offer', '11-23'], ['Call tomorrow', '11-25'], ['Next month', '12-24']] as const) {
    const { status } = await sales.post('/api/crm/tasks', { title, dueDate: `2026-${day}T09:00:00.000Z` });
    expect(status).toBe(201);
  }
  const page = await openPage(app, 'sales');
  await visit(page, '/dashboard');
  const waits = page.getByLabel('What waits for you');
  await waits.getByRole('link', { name: 'Call tomorrow' }).waitFor();
  expect(await waits.getByRole('link', { name: 'Next month' }).count()).toBe(0);
  await waits.getByRole('link', { name: 'Late offer' }).click();
  await page.waitForURL(/\/tasks\?task=/);
  await page.getByRole('dialog').getByText('Late offer').or(page.getByLabel('Title')).first().waitFor();
});

it('[PLT-114] so it does as the first page, which the server makes without the part that is late', async () => {
  const page = await openPage(app, 'sales');
  const late = 'what waits', { asks, shows } = parts[late]!;
  const { letGo, gate } = await heldBack(page, asks);
  const between = await slowApi(asks, gate);
  await page.goto('/dashboard', { waitUntil: 'commit' });
  await showsOthers(page, late);
  letGo();
  await shows(page).waitFor();
  await between.stop();
  // In the production shape the pages are made elsewhere, and ask the API itself.
  if (!inProductionShape()) expect(between.asked()).toBeGreaterThan(0);
});

/** Stands between the pages that the server makes and the API; keeps an answer back until the gate opens. */
async function slowApi(asks: RegExp, gate: Promise<void>): Promise<{ asked(): number; stop(): Promise<void> }> {
  let asked = 0;
  const pass = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (asks.test(req.url!)) {
      asked += 1;
      await gate;
    }
    const answer = await fetch(app.url + req.url, { headers: req.headers as Record<string, string> });
    res.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') ?? '' });
    res.end(await answer.text());
  };
  const server = createServer((req, res) => void pass(req, res));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const direct = process.env['INTERNAL_API'];
  process.env['INTERNAL_API'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked: () => asked,
    stop: async () => {
      process.env['INTERNAL_API'] = direct;
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
