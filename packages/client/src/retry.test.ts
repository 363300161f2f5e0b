import { activateCode, createWebhook, getBrand } from '@promosmith/contract';
import { describe, expect, it, test } from 'vitest';
import { NoAnswerError, ProblemError } from './errors.ts';
import { waitBefore } from './retry.ts';

const busy = (retryAfterSeconds?: number) =>
  new ProblemError(
    { type: 'urn:x', title: 'Busy', status: 503, detail: 'busy', key: 'overloaded' },
    retryAfterSeconds,
  );

describe('the wait before another attempt', () => {
  test.each([
    [0, 0],
    [1, 1000],
    [10, 10_000],
  ])('is what the server asks for: %i s', (seconds, ms) => {
    expect(waitBefore(activateCode, busy(seconds), 0)).toBe(ms);
  });

  it('is not waited when the server asks for too long', () => {
    expect(waitBefore(activateCode, busy(11), 0)).toBeUndefined();
  });

  test.each([
    [0, 100, 300],
    [1, 200, 600],
    [2, 400, 1200],
  ])('grows otherwise, at random: after %i failures %i–%i ms', (failures, least, most) => {
    const waits = Array.from({ length: 100 }, () => waitBefore(getBrand, busy(), failures) ?? Number.NaN);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...waits)).toBeLessThanOrEqual(most);
    expect(new Set(waits).size).toBeGreaterThan(1);
  });

  test.each([
    [getBrand, true],
    [activateCode, true],
    [createWebhook, false],
  ])('is none where the request may have been done and must not be done twice', (route, again) => {
    expect(waitBefore(route, new NoAnswerError('gone'), 0) !== undefined).toBe(again);
  });

  it('is none for an error of our own', () => {
    expect(waitBefore(getBrand, new TypeError('bug'), 0)).toBeUndefined();
  });
});
