import { describe, expect, it } from 'vitest';
import { placeOn, scaleOf } from './scale.ts';

describe('a scale of differences', () => {
  it('holds every number and nought, with some room at both ends', () => {
    const scale = scaleOf([200, 800]);
    expect(scale.low).toBeLessThan(0);
    expect(scale.high).toBeGreaterThan(800);
    expect(placeOn(scale, 0)).toBeGreaterThan(0);
    expect(placeOn(scale, 800)).toBeLessThan(100);
  });

  it('keeps order, and what is off it at its ends', () => {
    const scale = scaleOf([-50, 150]);
    const places = [-50, 0, 20, 150].map((number) => placeOn(scale, number));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(placeOn(scale, 10_000)).toBe(100);
    expect(placeOn(scale, -10_000)).toBe(0);
  });

  it('is one for nothing but noughts', () => {
    expect(placeOn(scaleOf([0, 0]), 0)).toBe(50);
    expect(placeOn(scaleOf([]), 0)).toBe(50);
  });
});
