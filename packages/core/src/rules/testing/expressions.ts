import fc from 'fast-check';
import type { Facts } from '../runtime/frame.ts';

/** Text that needs care: quotes, backslashes, other scripts, characters outside the basic plane. */
const text = fc.constantFrom(
  '',
  'a',
  'ab',
  'DE',
  'vip',
  'vip_gold',
  'say "hi"',
  "it's",
  'back\\slash',
  'straße',
  '漢字',
  'a😀b',
);
const textLiteral = text.map((value) => JSON.stringify(value));
const int = fc.integer({ min: -1_000, max: 1_000 });
const double = fc.integer({ min: -8_000, max: 8_000 }).map((eighths) => eighths / 8);
const doubleLiteral = double.map((value) => (Number.isInteger(value) ? value.toFixed(1) : String(value)));
const moment = fc
  .integer({ min: 0, max: 2_000 })
  .map((days) => new Date(Date.UTC(2024, 0, 1) + days * 3_600_000));
const momentLiteral = moment.map((value) => `timestamp("${value.toISOString()}")`);
const hours = fc.integer({ min: -500, max: 500 }).map((count) => `${count}h`);

const absent = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 });

/** Facts objects of the right types, each fact now and then missing. */
export const factsArbitrary: fc.Arbitrary<Facts> = fc.record({
  player: fc.record({
    country: absent(text),
    age: absent(int),
    total_deposits: absent(int),
    email_verified: absent(fc.boolean()),
    segments: absent(fc.array(text, { maxLength: 4 })),
    registered_at: absent(moment),
    properties: fc.record({
      a_double: absent(double),
      a_list_int: absent(fc.array(int, { maxLength: 4 })),
      a_duration: absent(hours),
    }),
  }),
  traffic: fc.record({ utm_source: absent(text) }),
  now: absent(moment.map((value) => value.toISOString())),
});

const infix = (operands: fc.Arbitrary<string>, ...operators: string[]) =>
  fc.tuple(operands, fc.constantFrom(...operators), operands).map((parts) => `(${parts.join(' ')})`);

const list = (item: fc.Arbitrary<string>) =>
  fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => `[${items.join()}]`);

const ORDER = ['<', '<=', '>', '>='];

type Kind = 'text' | 'small' | 'int' | 'double' | 'moment' | 'span' | 'texts' | 'ints' | 'bool';

/** Well-typed rules over {@link factsArbitrary}, within what standard CEL defines the same way. */
export const ruleArbitrary: fc.Arbitrary<string> = fc.letrec<Record<Kind, string>>((tie) => {
  const grown = (simple: fc.Arbitrary<string>, ...larger: fc.Arbitrary<string>[]) =>
    fc.oneof({ maxDepth: 3, depthSize: 'small' }, simple, ...larger);
  const ternary = (name: Kind) =>
    fc.tuple(tie('bool'), tie(name), tie(name)).map(([a, b, c]) => `(${a} ? ${b} : ${c})`);
  const method = (name: string) => fc.tuple(tie('text'), tie('text')).map(([a, b]) => `${a}.${name}(${b})`);
  const loop = (name: string, over: fc.Arbitrary<string>, variable: string, body: fc.Arbitrary<string>) =>
    fc.tuple(over, body).map(([items, condition]) => `${items}.${name}(${variable}, ${condition})`);
  const aboutText = fc.oneof(
    textLiteral.map((value) => `s == ${value}`),
    textLiteral.map((value) => `s.contains(${value})`),
    fc.constant('s == player.country'),
    fc.constant('size(s) > player.age || s < "m"'),
  );
  const aboutInt = fc.oneof(
    int.map((value) => `n > ${value}`),
    fc.constant('10 / n > player.age || n % 2 == 0'),
  );
  return {
    text: grown(
      fc.oneof(textLiteral, fc.constantFrom('player.country', 'traffic.utm_source')),
      infix(tie('text'), '+'),
      ternary('text'),
    ),
    small: fc.oneof(int.map(String), fc.constantFrom('player.age', 'player.total_deposits')),
    int: grown(
      tie('small'),
      infix(tie('small'), '*', '/', '%'),
      infix(tie('int'), '+', '-', '/', '%'),
      tie('int').map((value) => `(-${value})`),
      tie('text').map((value) => `size(${value})`),
      tie('texts').map((value) => `${value}.size()`),
      tie('double').map((value) => `int(${value})`),
      ternary('int'),
    ),
    double: grown(
      fc.oneof(doubleLiteral, fc.constant('player.properties.a_double')),
      infix(tie('double'), '+', '-', '*'),
      tie('double').map((value) => `(${value} / 4.0)`),
      tie('int').map((value) => `double(${value})`),
    ),
    moment: grown(
      fc.oneof(momentLiteral, fc.constantFrom('now', 'player.registered_at')),
      fc.tuple(tie('moment'), tie('span')).map(([a, b]) => `(${a} + ${b})`),
      fc.tuple(tie('moment'), tie('span')).map(([a, b]) => `(${a} - ${b})`),
    ),
    span: grown(
      fc.oneof(
        hours.map((value) => `duration("${value}")`),
        fc.constant('player.properties.a_duration'),
      ),
      infix(tie('span'), '+', '-'),
      infix(fc.oneof(momentLiteral, fc.constantFrom('now', 'player.registered_at')), '-'),
    ),
    texts: fc.oneof(fc.constant('player.segments'), list(tie('text'))),
    ints: fc.oneof(fc.constant('player.properties.a_list_int'), list(tie('small'))),
    bool: grown(
      fc.oneof(
        fc.constantFrom(
          'true',
          'false',
          'player.email_verified',
          'has(player.age)',
          'has(player.properties.a_double)',
        ),
        infix(tie('small'), ...ORDER, '==', '!='),
      ),
      infix(tie('int'), ...ORDER, '==', '!='),
      infix(tie('double'), ...ORDER, '==', '!='),
      infix(fc.oneof(tie('int'), tie('double')), ...ORDER),
      infix(tie('moment'), ...ORDER, '==', '!='),
      infix(tie('span'), ...ORDER, '==', '!='),
      infix(tie('text'), '==', '!='),
      method('startsWith'),
      method('endsWith'),
      method('contains'),
      fc.tuple(tie('text'), tie('texts')).map(([a, b]) => `(${a} in ${b})`),
      fc.tuple(tie('int'), tie('ints')).map(([a, b]) => `(${a} in ${b})`),
      loop('exists', tie('texts'), 's', aboutText),
      loop('all', tie('texts'), 's', aboutText),
      loop('exists_one', tie('texts'), 's', aboutText),
      loop('exists', tie('ints'), 'n', aboutInt),
      loop('all', tie('ints'), 'n', aboutInt),
      infix(tie('bool'), '&&', '||', '==', '!='),
      infix(tie('bool'), '&&', '||'),
      tie('bool').map((value) => `!${value}`),
      ternary('bool'),
    ),
  };
}).bool;
