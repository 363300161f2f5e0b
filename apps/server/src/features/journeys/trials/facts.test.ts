import { buildCatalogue } from '@promosmith/core/rules';
import { expect, it, test } from 'vitest';
import { withGiven } from './facts.ts';

const built = buildCatalogue([{ name: 'clubs', type: 'list<string>', label: 'Clubs' }]);
if (!built.ok) throw new Error('the catalogue is sound');
const { catalogue } = built;
const base = { player: { country: 'MT', vip_level: 2, properties: { clubs: ['a'], other: 1 } } };
const given = (facts: Record<string, unknown>) => withGiven(base, facts, catalogue, 'facts');

it('takes the place of what is known, and leaves the rest', () => {
  const result = given({
    'player.country': 'DE',
    'player.vip_level': null,
    'player.registered_at': '2026-03-01T10:00:00+01:00',
    'player.properties.clubs': ['b', 'c'],
  });
  expect(result).toEqual({
    ok: true,
    value: {
      player: {
        country: 'DE',
        vip_level: null,
        registered_at: new Date('2026-03-01T09:00:00Z'),
        properties: { clubs: ['b', 'c'], other: 1 },
      },
    },
  });
  expect(base.player).toMatchObject({ country: 'MT', properties: { clubs: ['a'] } });
});

test.each([
  ['player.shoe_size', 43, 'is no fact about players'],
  ['now', '2026-03-01T10:00:00Z', 'is no fact about players'],
  ['player.country', 7, 'is no string'],
  ['player.age', 1.5, 'is no int'],
  ['player.email_verified', 'yes', 'is no bool'],
  ['player.registered_at', 'yesterday', 'is no timestamp'],
  ['player.segments', ['a', 1], 'is no list<string>'],
])('%s = %j is refused: it %s', (name, value, reason) => {
  expect(given({ [name]: value })).toMatchObject({
    ok: false,
    refusal: { key: 'invalid_request', errors: [{ field: `facts.${name}`, reason }] },
  });
});
