import { describe, expect, it } from 'vitest';
import { reaches } from './good-until.ts';
import type { Rate } from './rate.ts';

const rate = (day: string, currency = 'USD', into = 'EUR'): Rate => ({ day, currency, into, rate: '1' });
const told = (rates: Rate[], today: string) => [...reaches(rates, today).values()];

describe('how long a rate is good', () => {
  it('is seven days, of which today may be the last', () => {
    const rates = [rate('2026-01-05')];
    expect(told(rates, '2026-01-11')).toEqual([{ until: '2026-01-11', isGap: false }]);
    expect(told(rates, '2026-01-12')).toEqual([{ until: '2026-01-11', isGap: true }]);
  });

  it('is until the next one of the same currencies', () => {
    const rates = [
      rate('2026-03-01'),
      rate('2026-02-27', 'SEK'),
      rate('2026-02-27', 'USD', 'GBP'),
      rate('2026-02-26'),
    ];
    expect(reaches(rates, '2026-03-01').get('2026-02-26.USD.EUR')).toEqual({
      until: '2026-02-28',
      isGap: false,
    });
  });

  it('leaves no gap where the next one comes just in time, and one where it comes a day late', () => {
    const late = told([rate('2026-01-13'), rate('2026-01-05')], '2026-01-13');
    expect(late[1]).toEqual({ until: '2026-01-11', isGap: true });
    const inTime = told([rate('2026-01-12'), rate('2026-01-05')], '2026-01-12');
    expect(inTime[1]).toEqual({ until: '2026-01-11', isGap: false });
  });

  it('is told of the last day there is', () => {
    expect(told([rate('9999-12-30')], '2026-01-01')).toEqual([{ until: '9999-12-31', isGap: false }]);
  });
});
