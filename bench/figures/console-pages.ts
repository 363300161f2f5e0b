import { createApp } from '../../apps/server/src/app.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import { launchBrowser } from '../../e2e/support/browser.ts';
import type { Bench } from '../bench.ts';
import { note } from '../report.ts';

const ROOMS = [
  'campaigns',
  'codes',
  'activations',
  'players',
  'bonuses',
  'transactions',
  'journeys',
  'audit',
];
const ROUNDS = 8;
const P95 = 0.95;
const PATIENCE_MS = 10_000;
const OWNER = { email: 'owner@bench.example', password: 'a-long-enough-password' };

/**
 * Goes from room to room by the navigation, as a person does. @returns milliseconds from a click until the next page is
 * there with its rows, the 95th percentile; the first round, which loads each room's part, is not counted.
 */
export async function changePages(bench: Bench, url: string): Promise<number> {
  await makeOwner(bench);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1_360, height: 860 } });
    await page.goto(`${url}/console/bench`);
    await page.locator('input[type=email]').fill(OWNER.email);
    await page.locator('input[type=password]').fill(OWNER.password);
    await page.keyboard.press('Enter');
    await page.locator('nav a').first().waitFor();
    const took: { room: string; ms: number }[] = [];
    for (let round = 0; round < ROUNDS; round++)
      for (const room of ROOMS) {
        const ms = await page.evaluate<number>(changeTo(`/console/bench/${room}`));
        if (round > 0) took.push({ room, ms });
        await page.waitForTimeout(200);
      }
    for (const [room, times] of Map.groupBy(took, (one) => one.room))
      note(`to ${room}: ${Math.max(...times.map(({ ms }) => ms)).toFixed(0)} ms at most`);
    const sorted = took.map(({ ms }) => ms).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length * P95)] ?? Number.NaN;
  } finally {
    await browser.close();
  }
}

/** For the page: clicks, and looks at every frame whether the next page is whole. Answers how many milliseconds it took. */
const changeTo = (path: string): string => `(async (path) => {
  const link = document.querySelector('nav a[href="' + path + '"]');
  if (!link) throw new Error('the navigation has no link to ' + path);
  const started = performance.now();
  link.click();
  const isWhole = () =>
    location.pathname === path &&
    document.querySelector('main h1') !== null &&
    document.querySelector('main [aria-busy=true]') === null;
  while (!isWhole()) {
    if (performance.now() - started > ${PATIENCE_MS}) throw new Error(path + ' is not whole');
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - started;
})(${JSON.stringify(path)})`;

async function makeOwner({ brand, db }: Bench): Promise<void> {
  const app = await createApp(
    { ...loadConfig(brand.environment), logLevel: 'fatal', backgroundWork: false },
    db,
  );
  try {
    const made = await app.staff.addMember(
      { brandId: brand.brandId, name: 'Owner', role: 'owner', ...OWNER },
      { actor: { kind: 'system', id: 'bench' }, permissions: 'all' },
    );
    if (!made.ok) throw new Error(made.refusal.message);
  } finally {
    await app.close();
  }
}
