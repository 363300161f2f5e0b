import { expect, test } from 'vitest';
import { rough } from './rough.ts';

test.each([
  ['A code just for you', 'A code just for you'],
  ['{{ label.promo_code }}', 'PROMO_CODE'],
  ['{{label.promo_code}} for {{ state.user_country | upcase }}', 'PROMO_CODE for COUNTRY'],
  ['{% if state.user_deposit_count > 0 %}Next{% else %}First{% endif %} deposit', 'Next deposit'],
  [
    '{% if event.amount > 0 %}{{ event.amount | money: event.currency }} back{% else %}It is here{% endif %}',
    'AMOUNT back',
  ],
])('%s', (template, shown) => {
  expect(rough(template)).toBe(shown);
});
