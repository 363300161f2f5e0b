import { expect, it } from 'vitest';
import { comparison } from './comparison.ts';

it('says what walking changed, against the control group', () => {
  const { walked, control, uplift } = comparison(
    { entered: 900, converted: 135 },
    { entered: 100, converted: 10 },
  );
  expect([walked.rate, control.rate]).toEqual([0.15, 0.1]);
  expect(uplift?.points).toBeCloseTo(0.05);
  expect(uplift?.relative).toBeCloseTo(0.5);
  expect(uplift?.converted).toBeCloseTo(45);
  // pooled 0.145, z = 1.347
  expect(uplift?.significance).toBeCloseTo(0.178, 3);
});

it('says nothing of a group that is empty', () => {
  expect(comparison({ entered: 5, converted: 1 }, { entered: 0, converted: 0 })).toEqual({
    walked: { entered: 5, converted: 1, rate: 0.2 },
    control: { entered: 0, converted: 0, rate: null },
    uplift: null,
  });
});

it.each([
  [{ entered: 10, converted: 0 }, { entered: 10, converted: 0 }, 1],
  [{ entered: 10, converted: 10 }, { entered: 10, converted: 10 }, 1],
  [{ entered: 1000, converted: 500 }, { entered: 1000, converted: 400 }, 0.0000069],
])('the chance of %j against %j by accident is %d', (walked, control, chance) => {
  expect(comparison(walked, control).uplift?.significance).toBeCloseTo(chance, 6);
});

it('has no relative uplift over nothing', () => {
  const { uplift } = comparison({ entered: 10, converted: 5 }, { entered: 10, converted: 0 });
  expect(uplift).toMatchObject({ points: 0.5, relative: null, converted: 5 });
});
