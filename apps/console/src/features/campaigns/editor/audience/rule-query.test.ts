import { buildCatalogue, compileRule } from '@promosmith/core/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, firstValueOf, type Group, operatorsOf, readRule, writeRule } from './rule-query.ts';

const built = buildCatalogue([
  { name: 'score', type: 'double', label: 'Score' },
  { name: 'newsletter', type: 'bool', label: 'Newsletter' },
]);
if (!built.ok) throw new Error('the catalogue of the test is wrong');
const { catalogue } = built;
const facts = catalogue.byName;

const read = (source: string): Group | undefined => {
  const compiled = compileRule(source, catalogue);
  if (!compiled.ok) throw new Error(`${source}: ${compiled.errors[0].message}`);
  return readRule(compiled.rule);
};

const conditions: fc.Arbitrary<Condition> = fc.constantFrom(...catalogue.facts).chain((fact) =>
  fc.constantFrom(...operatorsOf(fact)).chain((operator): fc.Arbitrary<Condition> => {
    const of = (value: fc.Arbitrary<Condition['value']>) =>
      value.map((chosen) => ({ field: fact.name, operator, value: chosen }));
    if (operator === 'known' || operator === 'unknown') return of(fc.constant(''));
    if (operator === 'in' || operator === 'notIn')
      return of(fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 3 }));
    if (fact.type === 'bool') return of(fc.boolean());
    if (fact.type === 'int') return of(fc.integer());
    if (fact.type === 'double') return of(fc.integer({ min: -999, max: 999 }).map((tenths) => tenths / 10));
    if (fact.type === 'timestamp')
      return of(
        fc
          .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
          .map((at) => at.toISOString()),
      );
    return of(fc.string({ maxLength: 8 }));
  }),
);

/** Two and more conditions under either word, nested by turns: what the text can tell apart. */
const groups: fc.Arbitrary<Group> = fc
  .tuple(
    fc.constantFrom('and' as const, 'or' as const),
    fc.array(conditions, { minLength: 2, maxLength: 4 }),
    fc.array(conditions, { minLength: 2, maxLength: 3 }),
    fc.boolean(),
  )
  .map(([combinator, rules, inner, not]) => {
    const other = combinator === 'and' ? 'or' : 'and';
    const nested: Group = { combinator: other, rules: inner, ...(not ? { not } : {}) };
    return { combinator, rules: [...rules, nested] };
  });

describe('rules as the builder shows them', () => {
  it('come back from their text as they were', () => {
    fc.assert(
      fc.property(groups, (group) => {
        const text = writeRule(group, facts);
        expect(read(text ?? '')).toEqual(group);
      }),
    );
  });

  it.each([
    ['player.country == "DE"', '=='],
    ['"DE" == player.country', '=='],
    ['18 <= player.age', '>='],
    ['!player.email_verified', '=='],
    ['player.email_verified != true', '=='],
    ['!("vip" in player.segments)', 'hasNot'],
    ['!has(player.age)', 'unknown'],
    ['player.registered_at < timestamp("2026-01-01T00:00:00Z")', '<'],
  ])('reads %s', (source, operator) => {
    const group = read(source);
    expect(group?.rules).toHaveLength(1);
    expect(group?.rules[0]).toMatchObject({ operator });
  });

  it.each([
    'player.age > 18 ? player.vip_level > 1 : player.vip_level > 3',
    'player.utm == "x"'.replace('player.utm', 'traffic.utm_source + "x"'),
    'player.segments.exists(s, s.startsWith("vip"))',
    'traffic.utm_campaign.matches("^vip")',
    'now - player.registered_at > duration("24h")',
  ])('has no place for %s', (source) => {
    expect(read(source)).toBeUndefined();
  });

  it('writes nothing for what is not filled in', () => {
    const age = facts.get('player.age');
    const country = facts.get('player.country');
    if (!age || !country) throw new Error('these facts are built in');
    expect(writeRule({ combinator: 'and', rules: [] }, facts)).toBeNull();
    const empty = { field: country.name, operator: 'in', value: firstValueOf(country, 'in') } as const;
    expect(writeRule({ combinator: 'and', rules: [empty] }, facts)).toBeNull();
    const adult = { field: age.name, operator: '>=', value: 18 } as const;
    expect(writeRule({ combinator: 'or', rules: [empty, adult] }, facts)).toBe('player.age >= 18');
  });

  it('offers no way to ask that its text would not compile for', () => {
    for (const fact of catalogue.facts)
      for (const operator of operatorsOf(fact)) {
        const first = firstValueOf(fact, operator);
        const value = Array.isArray(first)
          ? ['x']
          : fact.type === 'timestamp'
            ? '2026-01-01T00:00:00.000Z'
            : first;
        const text = writeRule({ combinator: 'and', rules: [{ field: fact.name, operator, value }] }, facts);
        expect([text, compileRule(text ?? '', catalogue).ok]).toEqual([text, true]);
      }
  });
});
