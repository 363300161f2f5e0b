import { expect, it } from 'vitest';
import { buildCatalogue } from '../rules/index.ts';
import { playerState, stateFields } from './player-state.ts';

const built = buildCatalogue([{ name: 'favourite_game', type: 'string', label: 'Favourite game' }]);
const fields = built.ok ? stateFields(built.catalogue) : [];

it('has every fact about players under a flat name, and nothing of the visit or the clock', () => {
  expect(fields.map(({ name }) => name)).toMatchInlineSnapshot(`
    [
      "user_ext_id",
      "user_country",
      "user_currency",
      "user_language",
      "user_age",
      "user_registered_at",
      "user_days_since_registration",
      "user_kyc_status",
      "user_segments",
      "user_email_verified",
      "user_vip_level",
      "user_total_deposits",
      "user_deposit_count",
      "user_last_deposit_at",
      "user_last_login_at",
      "user_property_favourite_game",
    ]
  `);
  expect(fields.find(({ name }) => name === 'user_total_deposits')).toEqual({
    ...{ name: 'user_total_deposits', type: 'int', label: 'Total deposits', example: 25_000, unit: 'minor' },
  });
});

it('is made of the facts as rules read them, instants as text', () => {
  const state = playerState('p-1', {
    ...{ country: 'DE', age: null, segments: ['vip'], registered_at: new Date('2026-01-15T09:30:00Z') },
    properties: { favourite_game: 'Book of X' },
  });
  expect(state).toEqual({
    user_ext_id: 'p-1',
    user_country: 'DE',
    user_age: null,
    user_segments: ['vip'],
    user_registered_at: '2026-01-15T09:30:00.000Z',
    user_property_favourite_game: 'Book of X',
  });
  const known = new Set(fields.map(({ name }) => name));
  for (const name of Object.keys(state)) expect(known).toContain(name);
});
