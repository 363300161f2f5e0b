import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { bundledChromium } from './bundled-chromium/index.ts';

/** Quiet: a browser under test talks to the server under test and to nobody else. */
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Where a Chromium may be, the machine's own first. */
const CANDIDATES: Readonly<Record<string, () => LaunchOptions | Promise<LaunchOptions>>> = {
  "Playwright's": () => ({ executablePath: chromium.executablePath() }),
  "Debian's": () => ({ executablePath: '/usr/bin/chromium' }),
  'the bundled one': bundledChromium,
};

/**
 * A headless Chromium with a fresh profile; runs as root and as an ordinary user. Close it when done. Nothing is
 * installed or downloaded for it.
 */
export async function launchBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for (const [name, find] of Object.entries(CANDIDATES)) {
    try {
      return await chromium.launch({ ...(await find()), args: ARGS, timeout: 60_000 });
    } catch (error) {
      failures.push(`  ${name}: ${reasonOf(error)}`);
    }
  }
  throw new Error(
    `No Chromium can be started, which the tests of pages need. Debian has one: apt-get install chromium\n${failures.join('\n')}`,
  );
}

/** The line of a launch's long message that says why: a library that is missing, or the first. */
function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  return (lines.find((line) => line.includes('error while loading')) ?? lines[0] ?? '').trim();
}
