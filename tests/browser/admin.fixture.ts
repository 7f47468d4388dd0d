import { expect } from '@jest/globals';
import type { App } from '../kit/app.ts';
import { openPage, visit, type OpenPage } from '../kit/page.ts';
import { seriousFindings } from './web.fixture.ts';

/** How wide a page is beyond the screen, in pixels. */
const beyond = `(() => {
  const main = document.querySelector('#main') ?? document.documentElement;
  return Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth);
})()`;

/** In the light, in the dark and on a phone: nothing serious is found, and nothing is pushed sideways. */
export async function fitsEverywhere(
  app: App,
  path: string,
  ready: (page: OpenPage) => Promise<unknown>,
): Promise<void> {
  const looks = [
    { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
    { colorScheme: 'light', viewport: { width: 375, height: 812 } },
  ] as const;
  for (const look of looks) {
    const page = await openPage(app, 'admin', { reducedMotion: 'reduce', ...look });
    await visit(page, path);
    await ready(page);
    expect([look, await seriousFindings(page), await page.evaluate(beyond)]).toEqual([look, [], 0]);
  }
}
