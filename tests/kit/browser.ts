import { type Browser, chromium } from 'playwright-core';
import { testBrowser } from './services.ts';

/** The browser of this Jest worker. Open a context for each person in it, and close the browser in `afterAll`. */
export async function launchBrowser(): Promise<Browser> {
  const { wsEndpoint } = await testBrowser();
  return chromium.connect(wsEndpoint);
}
