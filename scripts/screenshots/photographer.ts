import { join } from 'node:path';
import type { Page } from 'playwright-core';

export const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1_360, height: 860 },
  { name: 'dark', colorScheme: 'dark', width: 1_360, height: 860 },
  { name: 'narrow', colorScheme: 'light', width: 390, height: 844 },
] as const;

export type Take = (name: string) => Promise<void>;

/** Charts are drawn after their numbers, canvases after their boxes. */
const DRAWN_MS = 250;
const LONGEST_WAITS = 40;
const LONGEST_PX = 2_400;

/** @returns what takes a picture of the page as it is, once for each look. */
export const photographer =
  (page: Page, folder: string, looks: readonly (typeof LOOKS)[number][]): Take =>
  async (name) => {
    for (const { name: look, colorScheme, width, height } of looks) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      await settled(page);
      const path = join(folder, `${name}-${look}.png`);
      await page.screenshot({ path, ...(look === 'narrow' && (await wholePage(page, width))) });
    }
    console.log(name);
  };

/** A phone shows little at once: what one comes to by scrolling is looked at as well, unless something lies above it. */
async function wholePage(page: Page, width: number) {
  if ((await page.locator('[role=dialog]').count()) > 0) return {};
  const length = await page.evaluate<number>('document.documentElement.scrollHeight');
  return { fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(length, LONGEST_PX) } };
}

/** Everything that was asked for is there, or takes too long to be waited for. */
async function settled(page: Page): Promise<void> {
  for (let waits = 0; waits < LONGEST_WAITS; waits++) {
    await page.waitForTimeout(DRAWN_MS);
    if ((await page.locator('[aria-busy=true]').count()) === 0) return;
  }
}
