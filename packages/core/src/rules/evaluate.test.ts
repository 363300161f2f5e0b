import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateRule, passes } from './evaluate.ts';
import type { Way } from './nearest.ts';
import type { Logic } from './rule.ts';
import { factsArbitrary, ruleArbitrary } from './testing/expressions.ts';
import { catalogue, compiled } from './testing/oracle.ts';
import type { Outcome } from './types.ts';

const player = { country: 'FR', age: 17, total_deposits: 3_000, segments: ['new'], email_verified: false };
const evaluate = (source: string, facts: Record<string, unknown> = { player }) =>
  evaluateRule(compiled(source), facts);

/** Steps of a way as `index:op`, `&` for all, `|` for any. */
const outline = (way: Way | undefined): string => {
  if (!way) return '';
  if (way.kind === 'step') return `${way.condition}:${way.need.op}`;
  return `(${way.ways.map(outline).join(way.kind === 'all' ? ' & ' : ' | ')})`;
};

describe('the trace', () => {
  test('keeps every condition, with its text, place, outcome and values', () => {
    const { outcome, conditions } = evaluate('player.country == "DE" &&\n !(player.age < 18)');
    expect(outcome).toBe(false);
    expect(conditions).toEqual([
      {
        source: 'player.country == "DE"',
        line: 1,
        column: 1,
        offset: 0,
        length: 22,
        outcome: false,
        wanted: true,
        saw: { 'player.country': 'FR' },
        problems: [],
        need: { fact: 'player.country', saw: 'FR', op: '==', value: 'DE' },
      },
      {
        source: 'player.age < 18',
        line: 2,
        column: 4,
        offset: 29,
        length: 15,
        outcome: true,
        wanted: false,
        saw: { 'player.age': 17 },
        problems: [],
        need: { fact: 'player.age', saw: 17, op: '>=', value: 18, gap: 1 },
      },
    ]);
  });

  test('short-circuits hide nothing', () => {
    const outcomes = evaluate('true || player.age > 18 || (false && player.vip_level > 2)').conditions;
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([true, false, false, 'unknown']);
  });

  test('knows which way each condition is wanted', () => {
    const { conditions } = evaluate(
      '!(player.age > 1 && !(player.age > 2)) || (player.age > 3 ? player.age > 4 : !(player.age > 5))',
    );
    expect(conditions.map(({ wanted }) => wanted)).toEqual([false, true, 'either', true, false]);
  });

  test('takes in the parentheses of a condition', () => {
    const { conditions } = evaluate('true && ((player.age + 1) * 2 > (player.total_deposits - (5)))');
    expect(conditions[1]).toMatchObject({
      source: '(player.age + 1) * 2 > (player.total_deposits - (5))',
      offset: 9,
      need: { fact: '(player.age + 1) * 2', against: 'player.total_deposits - (5)' },
    });
  });

  test('is not confused by parentheses in text', () => {
    const { conditions } = evaluate('(player.country + ")") != "(" && true');
    expect(conditions[0]?.source).toBe('(player.country + ")") != "("');
  });

  test('shows times as text', () => {
    const facts = { player: { registered_at: new Date(0) }, now: new Date(5_400_000) };
    const { conditions } = evaluate(
      'now - player.registered_at >= duration("36h") && now > timestamp("2026-01-01T00:00:00Z")',
      facts,
    );
    expect(conditions[0]?.need).toEqual({
      fact: 'now - player.registered_at',
      saw: '90m',
      op: '>=',
      value: '36h',
    });
    expect(conditions[1]?.need).toEqual({
      fact: 'now',
      saw: '1970-01-01T01:30:00.000Z',
      op: '>',
      value: '2026-01-01T00:00:00.000Z',
    });
  });

  test('survives JSON', () => {
    fc.assert(
      fc.property(ruleArbitrary, factsArbitrary, (rule, facts) => {
        const evaluation = evaluateRule(compiled(rule), facts);
        expect(containsOnlyJson(evaluation)).toBe(true);
      }),
    );
  });
});

const containsOnlyJson = (value: unknown): boolean =>
  value === null ||
  ['string', 'boolean'].includes(typeof value) ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'object' && Object.values(value).every(containsOnlyJson));

describe('what a condition needs', () => {
  test.each([
    ['player.age >= 18', '>=', 18, 1],
    ['player.age > 18', '>', 18, 2],
    ['player.age > 18.5', '>', 18.5, 2],
    ['player.age >= 18.5', '>=', 18.5, 1.5],
    ['player.age < 10', '<', 10, -8],
    ['player.age <= 10', '<=', 10, -7],
    ['player.age == 21', '==', 21, 4],
    ['player.age != 17', '!=', 17, undefined],
    ['18 <= player.age', '>=', 18, 1],
    ['18 < player.age', '>', 18, 2],
    ['10 > player.age', '<', 10, -8],
    ['10 >= player.age', '<=', 10, -7],
    ['!(player.age < 18)', '>=', 18, 1],
    ['!(player.age <= 18)', '>', 18, 2],
    ['!(player.age > 10)', '<=', 10, -7],
    ['!(player.age >= 10)', '<', 10, -8],
    ['!(player.age == 17)', '!=', 17, undefined],
    ['!(player.age != 21)', '==', 21, 4],
    ['!!(player.age >= 18)', '>=', 18, 1],
  ])('%s needs %s %s', (rule, op, value, gap) => {
    expect(evaluate(rule).conditions[0]?.need).toEqual({
      fact: 'player.age',
      saw: 17,
      op,
      value,
      ...(gap !== undefined && { gap }),
    });
  });

  test('a whole number that moves by its gap passes, and by less does not', () => {
    const operators = fc.constantFrom('<', '<=', '>', '>=', '==');
    const bound = fc.oneof(
      fc.integer({ min: -99, max: 99 }).map(String),
      fc.constantFrom('1.5', '-2.25', '3.0'),
    );
    fc.assert(
      fc.property(
        operators,
        bound,
        fc.integer({ min: -99, max: 99 }),
        fc.boolean(),
        (op, value, age, negated) => {
          fc.pre(op !== '==' || (!value.includes('.') && !negated));
          const rule = compiled(negated ? `!(player.age ${op} ${value})` : `player.age ${op} ${value}`);
          const gap = evaluateRule(rule, { player: { age } }).conditions[0]?.need.gap ?? 0;
          fc.pre(!passes(rule, { player: { age } }));
          const whole = gap > 0 ? Math.ceil(gap) : Math.floor(gap);
          expect(passes(rule, { player: { age: age + whole } })).toBe(true);
          expect(passes(rule, { player: { age: age + whole - Math.sign(whole) } })).toBe(false);
        },
      ),
    );
  });

  test.each([
    ['player.country in ["DE", "AT"]', { fact: 'player.country', saw: 'FR', op: 'in', value: ['DE', 'AT'] }],
    ['!(player.country in ["FR"])', { fact: 'player.country', saw: 'FR', op: 'not in', value: ['FR'] }],
    ['"vip" in player.segments', { fact: 'player.segments', saw: ['new'], op: 'includes', value: 'vip' }],
    ['!("new" in player.segments)', { fact: 'player.segments', saw: ['new'], op: 'excludes', value: 'new' }],
    ['player.country.startsWith("D")', { fact: 'player.country', saw: 'FR', op: 'startsWith', value: 'D' }],
    ['!player.country.endsWith("R")', { fact: 'player.country', saw: 'FR', op: 'not endsWith', value: 'R' }],
    ['player.country.matches("^D")', { fact: 'player.country', saw: 'FR', op: 'matches', value: '^D' }],
    ['player.email_verified', { fact: 'player.email_verified', saw: false, op: '==', value: true }],
    ['!player.email_verified', { fact: 'player.email_verified', saw: false, op: '==', value: false }],
    ['has(player.vip_level)', { fact: 'player.vip_level', saw: null, op: 'known', value: null }],
    ['!has(player.age)', { fact: 'player.age', saw: 17, op: 'not known', value: null }],
    ['player.vip_level > 2', { fact: 'player.vip_level', saw: null, op: '>', value: 2 }],
    [
      'player.age > player.vip_level',
      { fact: 'player.age', saw: 17, op: '>', value: null, against: 'player.vip_level' },
    ],
    [
      'player.segments.exists(s, s == "vip")',
      { fact: 'player.segments.exists(s, s == "vip")', saw: ['new'], op: 'is', value: true },
    ],
    [
      'player.total_deposits >= 5000',
      { fact: 'player.total_deposits', saw: 3000, op: '>=', value: 5000, gap: 2000, unit: 'minor' },
    ],
  ])('%s', (rule, need) => {
    expect(evaluate(rule).conditions[0]?.need).toEqual(need);
  });
});

describe('the nearest way to pass', () => {
  test.each([
    ['a rule that passes needs nothing', 'player.age < 18', ''],
    [
      '&& needs all that fail',
      'player.age >= 18 && player.country == "FR" && player.email_verified',
      '(0:>= & 2:==)',
    ],
    [
      '|| needs any, the player’s own doing first',
      'player.country == "DE" || player.age >= 18 || player.total_deposits >= 5000',
      '(2:>= | 1:>= | 0:==)',
    ],
    [
      '|| puts the nearer number first',
      'player.deposit_count >= 50 || player.total_deposits >= 3001',
      '(1:>= | 0:>=)',
    ],
    ['! turns && into any', '!(player.age < 18 && player.total_deposits < 5000)', '(1:>= | 0:>=)'],
    ['! turns || into all', '!(player.age < 18 || player.total_deposits < 5000)', '(0:>= & 1:>=)'],
    [
      'branches that cost the sum of their parts',
      '(player.email_verified && player.age >= 18) || player.total_deposits >= 5000',
      '(2:>= | (0:== & 1:>=))',
    ],
    ['?: with a false result can only change its test', 'player.email_verified ? true : false', '0:=='],
    [
      '?: offers either branch',
      'player.email_verified ? player.age > 18 : player.country == "DE"',
      '((0:== & 1:>) | 2:==)',
    ],
    ['an impossible branch is left out', 'false || player.age >= 18', '1:>='],
    ['nothing helps an impossible &&', 'false && player.age >= 18', ''],
    ['a missing fact is a step', 'player.vip_level >= 2 && player.age < 18', '0:>='],
  ])('%s', (_, rule, expected) => {
    expect(outline(evaluate(rule).nearest)).toBe(expected);
  });

  test('names only conditions that are not as needed, and is absent exactly when the rule passes or cannot', () => {
    fc.assert(
      fc.property(ruleArbitrary, factsArbitrary, (source, facts) => {
        const { outcome, nearest, conditions } = evaluateRule(compiled(source), facts);
        if (outcome === true) expect(nearest).toBeUndefined();
        for (const { condition } of stepsOf(nearest)) {
          const { outcome: was, wanted } = conditions[condition] ?? {};
          expect(wanted === 'either' || was !== wanted).toBe(true);
        }
      }),
    );
  });
});

const stepsOf = (way: Way | undefined): Extract<Way, { kind: 'step' }>[] => {
  if (!way) return [];
  return way.kind === 'step' ? [way] : way.ways.flatMap(stepsOf);
};

/** Kleene's tables over the conditions' outcomes: what the whole must come to. */
function combined(logic: Logic, outcomes: readonly Outcome[]): Outcome {
  switch (logic.kind) {
    case 'condition':
      return outcomes[logic.index] ?? 'unknown';
    case 'not': {
      const part = combined(logic.part, outcomes);
      return part === 'unknown' ? part : !part;
    }
    case 'choice': {
      const test = combined(logic.test, outcomes);
      return test === 'unknown' ? test : combined(test ? logic.yes : logic.no, outcomes);
    }
    default: {
      const parts = logic.parts.map((part) => combined(part, outcomes));
      const deciding = logic.kind === 'any';
      if (parts.includes(deciding)) return deciding;
      return parts.includes('unknown') ? 'unknown' : !deciding;
    }
  }
}

describe('any facts', () => {
  test('the quick path, the trace and its conditions agree', () => {
    fc.assert(
      fc.property(ruleArbitrary, factsArbitrary, (source, facts) => {
        const rule = compiled(source);
        const { outcome, conditions } = evaluateRule(rule, facts);
        expect(passes(rule, facts)).toBe(outcome === true);
        expect(outcome).toBe(
          combined(
            rule.logic,
            conditions.map((condition) => condition.outcome),
          ),
        );
        for (const condition of conditions) {
          expect(condition.problems.length > 0).toBe(condition.outcome === 'unknown');
        }
      }),
      { numRuns: 500 },
    );
  });

  const everyFact = catalogue.facts.map(({ name, type }) => {
    if (type.startsWith('list')) return `${name}.exists(x, x == x) || size(${name}) > 1`;
    return type === 'bool' ? `${name} || ${name} == true` : `${name} == ${name} || ${name} > ${name}`;
  });
  const rules = [everyFact.slice(0, 10), everyFact.slice(10, 20), everyFact.slice(20)].map((part) =>
    compiled(part.join(' || ')),
  );

  test('never throws, whatever the facts are', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withNullPrototype: true,
      withSparseArray: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    const key = fc.constantFrom(
      'country',
      'age',
      'segments',
      'registered_at',
      'email_verified',
      'properties',
      'total_deposits',
      'length',
    );
    const group = fc.oneof(anything, fc.dictionary(key, anything));
    const facts = fc.oneof(
      anything,
      fc.record({ player: group, traffic: group, activation: group, now: anything }, { requiredKeys: [] }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...rules), facts, (rule, any) => {
        const given = any as Record<string, unknown>;
        const evaluation = evaluateRule(rule, given);
        expect([true, false, 'unknown']).toContain(evaluation.outcome);
        expect(passes(rule, given)).toBe(evaluation.outcome === true);
        expect(containsOnlyJson(evaluation)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
