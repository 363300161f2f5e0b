import { readFileSync } from 'node:fs';
import { constants, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { WIDGET } from '../../apps/widget/build/build.ts';

/** What a page of a casino may be asked to load for us. */
const MOST_BYTES = 15_000;

it('the widget is small', () => {
  const script = readFileSync(WIDGET);
  const { length } = gzipSync(script, { level: constants.Z_BEST_COMPRESSION });
  expect(length).toBeLessThanOrEqual(MOST_BYTES);
  expect(length).toBeGreaterThan(MOST_BYTES / 3);
});
