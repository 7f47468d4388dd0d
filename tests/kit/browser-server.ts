import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

const QUIET = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic',
  '--no-first-run',
];

let executable: Promise<string> | undefined;

/** Starts a Chromium that came from npm; the first start of a machine unpacks it. */
export async function startBrowser(): Promise<{ answer: { wsEndpoint: string }; stop(): Promise<void> }> {
  executable ??= chromium.executablePath();
  const args = [...chromium.args.filter((arg) => !arg.startsWith('--single-process')), ...QUIET];
  const server = await playwright.launchServer({ executablePath: await executable, args, headless: true });
  return { answer: { wsEndpoint: server.wsEndpoint() }, stop: () => server.close() };
}
