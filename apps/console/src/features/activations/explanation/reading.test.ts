import { expect, it } from 'vitest';
import { type Check, readCheck, seen } from './reading.ts';

const failed = (check: string, saw?: unknown, needs?: unknown): Check => ({ check, ok: false, saw, needs });

it.each<[Check, object]>([
  [
    failed('code.ends_at', '2026-03-02T00:00:00.000Z', '2026-03-01T00:00:00.000Z'),
    {
      title: 'code_ends_at',
      saw: { kind: 'instant', text: '2026-03-02T00:00:00.000Z' },
      way: { key: 'codeEnded', values: { at: { kind: 'instant', text: '2026-03-01T00:00:00.000Z' } } },
    },
  ],
  [
    failed('code.state', 'disabled', 'active'),
    {
      title: 'code_state',
      saw: { kind: 'state', text: 'disabled' },
      way: { key: 'codeState.disabled', values: {} },
    },
  ],
  [
    failed('player.age', null, 21),
    {
      title: 'player_age',
      saw: { kind: 'unknown' },
      way: { key: 'age', values: { least: { kind: 'number', number: 21 } } },
    },
  ],
  [
    failed('player.country', 'SE', ['DE', 'MT']),
    {
      title: 'player_country',
      saw: { kind: 'text', text: 'SE' },
      way: { key: 'oneOf', values: { list: seen(['DE', 'MT']) } },
    },
  ],
  [
    failed('limit.player.week', 1, 1),
    {
      title: 'limit',
      scope: 'player',
      period: 'week',
      saw: { kind: 'uses', number: 1 },
      way: { key: 'limitPeriod', values: { most: { kind: 'number', number: 1 } } },
    },
  ],
  [failed('limit.device', null, 'a device to count by'), { way: { key: 'notCounted', values: {} } }],
  [
    failed('campaign.budget', 500, 2_500),
    {
      saw: { kind: 'money', amount: 500 },
      way: { key: 'budget', values: { needed: { kind: 'money', amount: 2_500 } } },
    },
  ],
  [
    failed('rate_limit', '2026-03-01T00:00:00.000Z', '2026-03-01T00:10:00.000Z'),
    { way: { key: 'locked', values: { until: { kind: 'instant', text: '2026-03-01T00:10:00.000Z' } } } },
  ],
  [failed('rate_limit', 5, 'below 5'), { way: { key: 'guesses', values: {} } }],
  [
    failed('campaign.week', { weekday: 1, minuteOfDay: 485 }, { weekdays: [6, 7] }),
    {
      saw: {
        kind: 'fields',
        of: [
          ['weekday', { kind: 'number', number: 1 }],
          ['time', { kind: 'text', text: '08:05' }],
        ],
      },
      way: { key: 'week', values: { times: { kind: 'fields', of: [['weekdays', seen([6, 7])]] } } },
    },
  ],
  [
    failed('player.open_bonus', 'a-campaign', 'no open bonus'),
    { saw: { kind: 'campaign', text: 'a-campaign' } },
  ],
  [
    failed('one.of_tomorrow', 'x', 'y'),
    { title: 'one_of_tomorrow', way: { key: 'other', values: { needs: { kind: 'text', text: 'y' } } } },
  ],
])('%j says what it saw and the way to pass', (check, reading) => {
  expect(readCheck(check)).toMatchObject(reading);
});

it('names no way to pass what was passed', () => {
  expect(readCheck({ check: 'player.age', ok: true, saw: 44 })).toEqual({
    title: 'player_age',
    saw: { kind: 'number', number: 44 },
  });
  expect(readCheck({ check: 'limit.player', ok: true, saw: 0 })).not.toHaveProperty('way');
});
