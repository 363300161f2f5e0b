import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Look {
  /** Only findings as grave as these; all when left out. */
  readonly impacts?: readonly string[];
  /** Only these rules; all when left out. */
  readonly rules?: readonly string[];
}

/** What axe finds on a page as it is now, as one line each. */
export async function findingsOf(page: Page, { impacts, rules }: Look = {}): Promise<string[]> {
  if (await page.evaluate<boolean>(`!('axe' in window)`)) await page.evaluate(AXE);
  const options: RunOptions = {
    resultTypes: ['violations'],
    ...(rules ? { runOnly: { type: 'rule', values: [...rules] } } : {}),
  };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => !impacts || impacts.includes(impact ?? ''))
    .map(
      ({ id, impact, nodes }) =>
        `${impact} ${id}: ${nodes.map(({ target }) => target.flat().join(' ')).join(', ')}`,
    );
}
