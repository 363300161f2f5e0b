import type { FieldError } from '../result.ts';
import { type Catalogue, compileRule, type Facts, passes, type Rule } from '../rules/index.ts';
import { LABEL_LIMITS } from './limits.ts';
import { unprintable } from './printable.ts';
import type { LabelDefinition, LabelKind } from './types.ts';

/** A label tag whose rules are compiled: make it once and ask it for many players. */
export interface CompiledLabel {
  readonly kind: LabelKind;
  readonly conditions: readonly { readonly rule: Rule; readonly value: string }[];
  readonly default: string;
}

export type LabelReading =
  | { readonly ok: true; readonly label: CompiledLabel }
  | { readonly ok: false; readonly errors: readonly [FieldError, ...FieldError[]] };

/** `label.<name>` in content, and a name in rules of escaping and files alike. */
export const LABEL_NAME = /^[a-z][a-z0-9_]{0,63}$/;

/**
 * Checks and compiles a label tag. Errors name each field, such as `conditions.2.rule`. Whether a function's source is
 * JavaScript, and whether there is such a batch, is not known here.
 */
export function readLabel(definition: LabelDefinition, catalogue: Catalogue): LabelReading {
  const errors: FieldError[] = [];
  const conditions: { rule: Rule; value: string }[] = [];
  if (definition.conditions.length > LABEL_LIMITS.conditions)
    errors.push({ field: 'conditions', reason: `are more than ${LABEL_LIMITS.conditions}` });
  for (const [at, { rule: source, value }] of definition.conditions.entries()) {
    const rule = readRule(source, catalogue, `conditions.${at}.rule`);
    if (rule.ok) conditions.push({ rule: rule.rule, value });
    else errors.push(...rule.errors);
    errors.push(...valueErrors(definition.kind, value, `conditions.${at}.value`));
  }
  errors.push(...valueErrors(definition.kind, definition.default, 'default'));
  const [first, ...others] = errors;
  return first
    ? { ok: false, errors: [first, ...others] }
    : { ok: true, label: { kind: definition.kind, conditions, default: definition.default } };
}

function readRule(source: string, catalogue: Catalogue, field: string) {
  const compiled = compileRule(source, catalogue);
  if (!compiled.ok) {
    const errors = compiled.errors.map(({ message, hint, line, column }): FieldError => {
      const reason = `line ${line}, column ${column}: ${message}`;
      return hint === undefined ? { field, reason } : { field, reason, fix: hint };
    });
    return { ok: false as const, errors };
  }
  const errors = compiled.rule.facts.filter(isOfAnAttempt).map((fact): FieldError => {
    const reason = `${fact} is known while a code is entered, not when a message is prepared`;
    return { field, reason, fix: 'ask for the player or the time' };
  });
  return errors.length > 0 ? { ok: false as const, errors } : { ok: true as const, rule: compiled.rule };
}

const isOfAnAttempt = (fact: string): boolean => /^(activation|traffic)\./.test(fact);

function valueErrors(kind: LabelKind, value: string, field: string): FieldError[] {
  if (kind === 'code') return [];
  return kind === 'text' ? textErrors(value, field) : sourceErrors(value, field);
}

const BRACES = /\{\{|\{%/;

function textErrors(text: string, field: string): FieldError[] {
  const { valueLength } = LABEL_LIMITS;
  if (text.length > valueLength) return [{ field, reason: `has more than ${valueLength} characters` }];
  const bad = unprintable(text);
  if (bad) return [{ field, reason: `has a character that cannot be shown, ${bad}` }];
  if (BRACES.test(text))
    return [
      {
        field,
        reason: 'has {{ or {%, which a value cannot use: it would be shown as it is',
        fix: 'use the tag in the content itself',
      },
    ];
  return [];
}

function sourceErrors(source: string, field: string): FieldError[] {
  const { sourceLength } = LABEL_LIMITS;
  if (source.trim() === '') return [{ field, reason: 'has no source' }];
  if (source.length > sourceLength) return [{ field, reason: `has more than ${sourceLength} characters` }];
  if (!source.isWellFormed() || source.includes('\0'))
    return [{ field, reason: 'has a character that no program can have' }];
  return [];
}

export interface LabelChoice {
  readonly value: string;
  /** Which condition passed, counted from 0; null for the default. */
  readonly condition: number | null;
}

/** The value for a player: of the first condition whose rule passes, else the default. An unknown outcome is no pass. */
export function choose(label: CompiledLabel, facts: Facts): LabelChoice {
  const at = label.conditions.findIndex(({ rule }) => passes(rule, facts));
  const chosen = label.conditions[at];
  return chosen ? { value: chosen.value, condition: at } : { value: label.default, condition: null };
}
