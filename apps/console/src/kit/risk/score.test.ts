import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleOf } from './score.ts';

const BANDS = { flag: 30, hold: 60, decline: 85 };

describe('the scale of a score', () => {
  it('has its parts one after the other, the largest first', () => {
    const { sum, segments } = scaleOf(
      [
        { indicator: 'ip_vpn', points: 20 },
        { indicator: 'device_shared', points: 55 },
        { indicator: 'geo_mismatch', points: 0 },
      ],
      BANDS,
    );
    expect(sum).toBe(75);
    expect(segments).toEqual([
      { indicator: 'device_shared', points: 55, start: 0, width: 55 },
      { indicator: 'ip_vpn', points: 20, start: 55, width: 20 },
    ]);
  });
  it('has marks where bands begin', () => {
    expect(scaleOf([], BANDS).marks.map(({ at }) => at)).toEqual([30, 60, 85]);
    expect(scaleOf([{ indicator: 'a', points: 200 }], BANDS).marks.map(({ at }) => at)).toEqual([
      15, 30, 42.5,
    ]);
  });
  it('never goes over its end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 })), (points) => {
        const { sum, segments } = scaleOf(
          points.map((of, index) => ({ indicator: `${index}`, points: of })),
          BANDS,
        );
        expect(sum).toBe(points.reduce((before, of) => before + of, 0));
        const last = segments.at(-1);
        if (last) expect(last.start + last.width).toBeLessThanOrEqual(100.000001);
      }),
    );
  });
});
