import { describe, expect, it } from 'vitest';
import { slotsOf } from './slots.ts';

const NOW = Date.parse('2026-03-02T12:07:30Z');

describe('the last day of a code', () => {
  const slots = slotsOf(
    {
      slots: [
        { at: '2026-03-01T11:50:00.000Z', tries: 99, accepted: 99 },
        { at: '2026-03-01T12:10:00.000Z', tries: 3, accepted: 1 },
        { at: '2026-03-02T12:00:00.000Z', tries: 7, accepted: 7 },
      ],
    },
    NOW,
  );
  it('has every ten minutes, up to those that have begun', () => {
    expect(slots).toHaveLength(144);
    expect(slots[0]?.at).toBe(Date.parse('2026-03-01T12:10:00Z'));
    expect(slots.at(-1)?.at).toBe(Date.parse('2026-03-02T12:00:00Z'));
  });
  it('says what was accepted and what was not, and nothing of before', () => {
    expect(slots[0]).toMatchObject({ accepted: 1, refused: 2 });
    expect(slots.at(-1)).toMatchObject({ accepted: 7, refused: 0 });
    expect(slots.reduce((sum, { accepted, refused }) => sum + accepted + refused, 0)).toBe(10);
  });
});
