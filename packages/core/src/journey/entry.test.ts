import { describe, expect, it } from 'vitest';
import { type EntryHistory, mayEnter } from './entry.ts';
import type { JourneySettings } from './graph.ts';
import { DAY, HOUR, NOON, plainSettings } from './testing/drawing.ts';

const ask = (
  settings: Partial<JourneySettings>,
  history: Partial<EntryHistory> = {},
  entries = 0,
  at = NOON,
  zone = 'Europe/Berlin',
) =>
  mayEnter(
    { id: 'journey', settings: { ...plainSettings, ...settings } },
    { playerId: 'p1', inside: false, lastEnteredAt: null, ...history },
    entries,
    at,
    zone,
  );

const once = { entry: { rule: 'once' } } as const;
const again = { entry: { rule: 'whenever_outside' } } as const;
const per = (period: 'day' | 'week' | 'month') => ({ entry: { rule: 'once_per_period', period } }) as const;

describe('who may enter', () => {
  it.each([
    ['once: somebody new', once, {}, 'once'],
    ['whenever outside: somebody new', again, {}, String(NOON)],
    ['whenever outside: a moment later', again, { lastEnteredAt: NOON - 1 }, String(NOON)],
    ['once a day', per('day'), { lastEnteredAt: NOON - DAY }, '2026-11-23'],
    ['once a week: it is Monday', per('week'), { lastEnteredAt: NOON - DAY }, '2026-W48'],
    ['once a month', per('month'), { lastEnteredAt: NOON - 30 * DAY }, '2026-11'],
  ] as const)('%s', (_, settings, history, entryKey) => {
    expect(ask(settings, history)).toEqual({ enters: true, as: 'active', entryKey });
  });

  it.each([
    ['inside', again, { inside: true, lastEnteredAt: NOON - DAY }, 'inside_already'],
    ['inside, once a day', per('day'), { inside: true, lastEnteredAt: NOON - 2 * DAY }, 'inside_already'],
    ['been inside, once', once, { lastEnteredAt: NOON - 300 * DAY }, 'entered_before'],
    ['been inside today', per('day'), { lastEnteredAt: NOON - HOUR }, 'entered_in_period'],
    ['been inside this week', per('week'), { lastEnteredAt: NOON - 12 * HOUR }, 'entered_in_period'],
    ['been inside this month', per('month'), { lastEnteredAt: NOON - 20 * DAY }, 'entered_in_period'],
  ] as const)('not who is: %s', (_, settings, history, because) => {
    expect(ask(settings, history)).toEqual({ enters: false, because });
  });

  it('counts days by the clock of the brand', () => {
    const history = { lastEnteredAt: Date.parse('2026-11-22T22:30Z') };
    const at = Date.parse('2026-11-22T23:30Z');
    expect(ask(per('day'), history, 0, at, 'Europe/Berlin')).toMatchObject({ enters: true });
    expect(ask(per('day'), history, 0, at, 'UTC')).toMatchObject({ because: 'entered_in_period' });
  });

  it('stops at the cap', () => {
    expect(ask({ ...once, entryCap: 10 }, {}, 9)).toMatchObject({ enters: true });
    expect(ask({ ...once, entryCap: 10 }, {}, 10)).toEqual({ enters: false, because: 'cap_reached' });
  });
});

describe('the control group', () => {
  const asWhat = (playerId: string, controlBps: number, entries = 0) => {
    const decision = ask({ ...again, controlBps, entryCap: 5 }, { playerId }, entries);
    return decision.enters ? decision.as : decision.because;
  };
  const players = Array.from({ length: 20_000 }, (_, n) => `player-${n}`);

  it('is the share that was asked for', () => {
    const control = players.filter((player) => asWhat(player, 1_000) === 'control').length;
    // Six standard deviations of 42.
    expect(Math.abs(control - 2_000)).toBeLessThan(255);
  });

  it('is nobody without a share', () => {
    expect(players.some((player) => asWhat(player, 0) === 'control')).toBe(false);
  });

  it('grows without letting anybody out', () => {
    for (const player of players.slice(0, 2_000))
      if (asWhat(player, 1_000) === 'control') expect(asWhat(player, 2_000)).toBe('control');
  });

  it('takes nothing from the cap', () => {
    const [control = ''] = players.filter((player) => asWhat(player, 1_000) === 'control');
    const [active = ''] = players.filter((player) => asWhat(player, 1_000) === 'active');
    expect([asWhat(control, 1_000, 5), asWhat(active, 1_000, 5)]).toEqual(['control', 'cap_reached']);
  });
});
