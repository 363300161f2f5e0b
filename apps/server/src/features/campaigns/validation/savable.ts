import type { CampaignDefinition, Limit } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import type { CurrencyTable } from '@promosmith/core/money';
import { type Catalogue, compileRule } from '@promosmith/core/rules';
import { amountFaults } from './amounts.ts';
import { rewardFaults } from './rewards.ts';
import { scheduleFaults } from './schedule.ts';

/** What a brand knows: its currencies and the facts its rules may use. */
export interface BrandKnowledge {
  currencies: CurrencyTable;
  catalogue: Catalogue;
}

/** Where in an audience rule the fault is, 1-based, for the editor. */
export interface RuleFault extends FieldError {
  readonly line: number;
  readonly column: number;
}

/** Why a definition may not be saved: what is wrong in itself, whoever completes it. Empty when it may. */
export function savableFaults(definition: CampaignDefinition, brand: BrandKnowledge): FieldError[] {
  return [
    ...scheduleFaults(definition.schedule),
    ...ruleFaults(definition.audience.rule, brand.catalogue),
    ...limitFaults(definition.limits),
    ...amountFaults(definition, brand.currencies),
    ...rewardFaults(definition.rewards),
  ];
}

/** What is wrong with an audience rule, and where. */
export function ruleFaults(source: string | null, catalogue: Catalogue): RuleFault[] {
  if (source === null) return [];
  const compiled = compileRule(source, catalogue);
  if (compiled.ok) return [];
  return compiled.errors.map(({ message, hint, line, column }) => ({
    field: 'audience.rule',
    reason: `${message} (line ${line}, column ${column})`,
    ...(hint ? { fix: hint } : {}),
    line,
    column,
  }));
}

const nameOf = ({ scope, period }: Limit): string => (period ? `${scope} and ${period}` : scope);

function limitFaults(limits: readonly Limit[]): FieldError[] {
  const names = limits.map(nameOf);
  return names.flatMap((name, at) => {
    const first = names.indexOf(name);
    if (first === at) return [];
    return [
      {
        field: `limits.${at}`,
        reason: `a limit per ${name} is set already, in limits.${first}`,
        fix: 'keep the smaller one',
      },
    ];
  });
}
