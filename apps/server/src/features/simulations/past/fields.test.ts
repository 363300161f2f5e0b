import { CampaignDefinition } from '@promosmith/contract';
import { buildCatalogue, compileRule } from '@promosmith/core/rules';
import { expect, it, test } from 'vitest';
import type { z } from 'zod';
import { fieldsOf } from './fields.ts';

const built = buildCatalogue([{ name: 'game', type: 'string', label: 'Game' }]);
if (!built.ok) throw new Error('the catalogue is not one');
const { catalogue } = built;
const FACTS = catalogue.facts.flatMap(({ name }) => (name.startsWith('player.') ? [name] : []));

function fieldsWith(terms: Partial<z.input<typeof CampaignDefinition>>, rule?: string): string[] {
  const compiled = rule === undefined ? undefined : compileRule(rule, catalogue);
  if (compiled && !compiled.ok) throw new Error(`${rule} is no rule`);
  const definition = CampaignDefinition.parse({
    rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 3_500 } }],
    terms: { significant: 'x' },
    ...terms,
  });
  return [...fieldsOf({ rule: compiled?.rule ?? null, terms: definition })];
}

const ALWAYS = ['country', 'currency', 'registeredAt', 'selfExcludedUntil', 'bonusBlocked'];

it.each(FACTS)('a rule that asks for %s has it read', (name) => {
  const fields = fieldsWith({}, `has(${name})`);
  expect(fields.length).toBeLessThanOrEqual(ALWAYS.length + 1);
  expect(fields.every((field) => field !== undefined)).toBe(true);
});

test('all that rules ask for together is each field there is, but for the household', () => {
  expect(fieldsWith({}, FACTS.map((name) => `has(${name})`).join(' && '))).toHaveLength(16);
});

test('what terms ask for is read, and nothing else', () => {
  expect(fieldsWith({})).toEqual(ALWAYS);
  expect(fieldsWith({ audience: { kycRequired: true, minAge: 21 } })).toEqual([
    ...ALWAYS,
    ...['kycStatus', 'birthDate'],
  ]);
  expect(fieldsWith({ limits: [{ scope: 'household', max: 1 }] })).toEqual([...ALWAYS, 'household']);
});
