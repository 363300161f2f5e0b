import { buildCatalogue } from '@promosmith/core/rules';
import { describe, expect, it, test } from 'vitest';
import { factsOf } from './facts.ts';
import { NOBODY } from './testing.ts';

const now = new Date('2026-03-02T08:20:00Z');
const today = '2026-03-02';

describe('factsOf', () => {
  it('names exactly the player facts of the rule catalogue', () => {
    const built = buildCatalogue();
    const known = built.ok ? built.catalogue.facts.filter(({ source }) => source === 'player') : [];
    const names = Object.keys(factsOf(NOBODY, now, today)).filter((name) => name !== 'properties');
    expect(names.map((name) => `player.${name}`).sort()).toEqual(known.map(({ name }) => name).sort());
  });

  test.each([
    ['2008-03-01', 18],
    ['2008-03-02', 18],
    ['2008-03-03', 17],
    ['1990-12-31', 35],
    ['2026-03-02', 0],
  ])('born %s → %i on 2 March 2026', (birthDate, age) => {
    expect(factsOf({ ...NOBODY, birthDate }, now, today).age).toBe(age);
  });

  test.each([
    ['2026-02-28', 17],
    ['2026-03-01', 18],
  ])('born on 29 February 2008, on %s → %i', (date, age) => {
    expect(factsOf({ ...NOBODY, birthDate: '2008-02-29' }, now, date).age).toBe(age);
  });

  test.each([
    ['2026-03-01T08:20:00.001Z', 0],
    ['2026-03-01T08:20:00Z', 1],
    ['2026-02-18T08:00:00Z', 12],
  ])('registered %s → %i full days', (registeredAt, days) => {
    const facts = factsOf({ ...NOBODY, registeredAt: new Date(registeredAt) }, now, today);
    expect(facts.days_since_registration).toBe(days);
  });

  it('leaves what is not known unknown', () => {
    const { age, days_since_registration, country } = factsOf(NOBODY, now, today);
    expect([age, days_since_registration, country]).toEqual([null, null, null]);
  });
});
