import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { App } from './app.ts';
import { launchBrowser } from './browser.ts';
import { password } from './people.ts';

export interface OpenPage extends Page {
  /** Errors of these words are what the test is about. */
  expectErrors(words: RegExp): void;
}
interface Watched {
  context: BrowserContext;
  faults: string[];
  expected: RegExp[];
}

const waitMs = 20_000;
let browser: Promise<Browser> | undefined;
let watched: Watched[] = [];
const sessions = new Map<string, Promise<BrowserContextOptions['storageState']>>();

/** A page of somebody's own browser, who is signed in; without a name, of a stranger. */
export async function openPage(app: App, username?: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const storageState = username === undefined ? undefined : await sessionOf(app, username);
  return newPage(app, { storageState, ...options });
}

/** Fails when a page had an error, or asked another origin for something. */
export async function noFaults(): Promise<void> {
  await keepPictures();
  const faults = watched.flatMap(({ faults: all, expected }) =>
    all.splice(0).filter(fault => !expected.some(words => words.test(fault))),
  );
  if (faults.length > 0) throw new Error(`The pages had errors:\n${faults.join('\n')}`);
}

/** Closes what is open; fails as `noFaults`. For `afterEach`. */
export async function closePages(): Promise<void> {
  try {
    await noFaults();
  } finally {
    await Promise.all(watched.map(({ context }) => context.close()));
    watched = [];
  }
}

/** With SCREENSHOTS=<folder>, how each page looks at the end of each test. */
async function keepPictures(): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  const name = expect
    .getState()
    .currentTestName?.replace(/[^\w-]+/g, ' ')
    .trim();
  const pages = watched.flatMap(({ context }) => context.pages());
  const shoot = pages.map((page, i) => page.screenshot({ path: join(folder, `${name} ${i}.png`) }));
  await Promise.allSettled(shoot);
}

/** For `afterAll`. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
}

/** Fills the form and waits for the page that comes after it. */
export async function signInByForm(page: Page, username: string, word = password): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByRole('textbox', { name: 'Password' }).fill(word);
  await page.getByRole('button', { name: 'Sign In' }).click();
}

function sessionOf(app: App, username: string): Promise<BrowserContextOptions['storageState']> {
  const key = `${app.url} ${username}`;
  const known = sessions.get(key) ?? signedIn(app, username);
  sessions.set(key, known);
  return known;
}

/** As the form does it, of which sign-in.test.ts is, and without its pages: once for each person. */
async function signedIn(app: App, username: string): Promise<BrowserContextOptions['storageState']> {
  const context = await newContext(app, {});
  const who = { tenant: app.tenant.slug, username, password };
  const answer = await context.request.post('/api/auth/signin', { data: who, headers: { Origin: app.url } });
  if (!answer.ok()) throw new Error(`${username} could not sign in: ${answer.status()} ${await answer.text()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function newContext(app: App, options: BrowserContextOptions): Promise<BrowserContext> {
  browser ??= launchBrowser();
  const context = await (
    await browser
  ).newContext({
    baseURL: app.url,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...options,
  });
  context.setDefaultTimeout(waitMs);
  return context;
}

async function newPage(app: App, options: BrowserContextOptions): Promise<OpenPage> {
  const context = await newContext(app, options);
  const mine: Watched = { context, faults: [], expected: [] };
  watched.push(mine);
  const page = await context.newPage();
  page.on('console', message => {
    if (message.type() === 'error') mine.faults.push(`${page.url()}: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', error => {
    mine.faults.push(`${page.url()}: ${error.stack ?? error.message}`);
  });
  page.on('request', request => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== app.url) mine.faults.push(`${page.url()} asked ${request.url()}`);
  });
  return Object.assign(page, {
    expectErrors: (words: RegExp) => {
      mine.expected.push(words);
    },
  });
}

/** Goes to a page and waits until it hears clicks and keys. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
}
