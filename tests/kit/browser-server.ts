import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

/**
 * Not those that the package offers: they draw by an emulated graphics card, which costs more than all else that the
 * browser does, and lift the rules between origins, which the pages have to live with.
 */
const ARGS = [
  '--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run',
];

let executable: Promise<string> | undefined;

/** Starts a Chromium that came from npm; the first start of a machine unpacks it. */
export async function startBrowser(): Promise<{ answer: { wsEndpoint: string }; stop(): Promise<void> }> {
  executable ??= chromium.executablePath();
  const server = await playwright.launchServer({ executablePath: await executable, args: ARGS, headless: true });
  return { answer: { wsEndpoint: server.wsEndpoint() }, stop: () => server.close() };
}
