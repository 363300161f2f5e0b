import type { Fact, Rule } from '@promosmith/core/rules';

/** How a condition compares its fact. */
export type Operator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'notIn'
  | 'contains'
  | 'startsWith'
  | 'endsWith'
  | 'has'
  | 'hasNot'
  | 'known'
  | 'unknown';

/** What a condition compares with; of `known` and `unknown` nothing. Timestamps are ISO 8601 in UTC. */
export type Value = string | number | boolean | readonly string[];

export interface Condition {
  readonly id?: string;
  readonly field: string;
  readonly operator: Operator;
  readonly value: Value;
}

/** Conditions that have to hold together, or one of them: a rule as the visual builder has it. */
export interface Group {
  readonly id?: string;
  readonly combinator: 'and' | 'or';
  readonly not?: boolean;
  readonly rules: readonly (Condition | Group)[];
}

export const isGroup = (part: Condition | Group): part is Group => 'rules' in part;

const ORDER: readonly Operator[] = ['==', '!=', '<', '<=', '>', '>='];

/** The ways a fact can be asked about, the most usual first. */
export function operatorsOf({ type, nullable }: Fact): readonly Operator[] {
  const presence: readonly Operator[] = nullable ? ['known', 'unknown'] : [];
  if (type === 'bool') return ['==', ...presence];
  if (type === 'string')
    return ['==', '!=', 'in', 'notIn', 'contains', 'startsWith', 'endsWith', ...presence];
  if (type === 'list<string>') return ['has', 'hasNot', ...presence];
  if (type === 'timestamp') return ['<', '>=', '<=', '>', ...presence];
  return [...ORDER, ...presence];
}

/** What a new condition on a fact compares with. */
export function firstValueOf({ type }: Fact, operator: Operator): Value {
  if (operator === 'in' || operator === 'notIn') return [];
  if (type === 'bool') return true;
  if (type === 'int' || type === 'double') return 0;
  return '';
}

/** Writes what the builder shows as CEL. Null when it asks for nothing yet. */
export function writeRule(group: Group, facts: ReadonlyMap<string, Fact>): string | null {
  const parts = group.rules.flatMap((part) => {
    const text = isGroup(part) ? writeRule(part, facts) : writeCondition(part, facts.get(part.field));
    if (text === null) return [];
    const isLoose = isGroup(part) && !part.not && text.includes(part.combinator === 'and' ? '&&' : '||');
    return [isLoose && group.rules.length > 1 ? `(${text})` : text];
  });
  if (parts.length === 0) return null;
  const joined = parts.join(group.combinator === 'and' ? ' && ' : ' || ');
  return group.not ? `!(${joined})` : joined;
}

function writeCondition({ field, operator, value }: Condition, fact: Fact | undefined): string | null {
  if (!fact) return null;
  if (operator === 'known') return `has(${field})`;
  if (operator === 'unknown') return `!has(${field})`;
  if (operator === 'in' || operator === 'notIn') {
    const items = (Array.isArray(value) ? value : [value]).map((item) => JSON.stringify(item));
    if (items.length === 0) return null;
    const text = `${field} in [${items.join(', ')}]`;
    return operator === 'in' ? text : `!(${text})`;
  }
  if (operator === 'has') return `${JSON.stringify(value)} in ${field}`;
  if (operator === 'hasNot') return `!(${JSON.stringify(value)} in ${field})`;
  if (fact.type === 'bool') return value === (operator === '==') ? field : `!${field}`;
  const literal = writeLiteral(value, fact);
  if (literal === null) return null;
  return ORDER.includes(operator) ? `${field} ${operator} ${literal}` : `${field}.${operator}(${literal})`;
}

function writeLiteral(value: Value, { type }: Fact): string | null {
  if (type === 'timestamp')
    return typeof value === 'string' && value !== '' ? `timestamp(${JSON.stringify(value)})` : null;
  if (type === 'string') return JSON.stringify(String(value));
  const number = Number(value);
  if (!Number.isFinite(number)) return null;
  if (type === 'int') return String(Math.trunc(number));
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

/** The rule as the builder shows it; undefined when it says something the builder has no place for. */
export function readRule({ logic, conditions }: Rule): Group | undefined {
  const part = readLogic(logic, conditions);
  if (!part) return undefined;
  return isGroup(part) ? part : { combinator: 'and', rules: [part] };
}

type Logic = Rule['logic'];

function readLogic(logic: Logic, conditions: Rule['conditions']): Condition | Group | undefined {
  switch (logic.kind) {
    case 'condition':
      return readCondition(conditions[logic.index]?.expression.shape, conditions[logic.index]);
    case 'choice':
      return undefined;
    case 'not': {
      const part = readLogic(logic.part, conditions);
      if (!part) return undefined;
      if (isGroup(part)) return part.not ? undefined : { ...part, not: true };
      const operator = NEGATED[part.operator];
      if (operator) return { ...part, operator };
      if (typeof part.value === 'boolean') return { ...part, value: !part.value };
      return { combinator: 'and', not: true, rules: [part] };
    }
    default: {
      const rules = logic.parts.map((part) => readLogic(part, conditions));
      const known = rules.filter((part) => part !== undefined);
      if (known.length < rules.length) return undefined;
      return { combinator: logic.kind === 'all' ? 'and' : 'or', rules: known };
    }
  }
}

const NEGATED: Partial<Record<Operator, Operator>> = { in: 'notIn', has: 'hasNot', known: 'unknown' };
const FLIPPED: Partial<Record<Operator, Operator>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

type Shape = Rule['conditions'][number]['expression']['shape'];
type Expression = Rule['conditions'][number]['expression'];

function readCondition(
  shape: Shape | undefined,
  condition: { expression: Expression } | undefined,
): Condition | undefined {
  if (!shape || !condition) return undefined;
  switch (shape.kind) {
    case 'fact':
      return { field: shape.fact.name, operator: '==', value: true };
    case 'has':
      return { field: shape.fact.name, operator: 'known', value: '' };
    case 'compare': {
      const { left, right, op } = shape;
      if (left.shape.kind === 'fact') return compared(left.shape.fact, op, right);
      if (right.shape.kind === 'fact') return compared(right.shape.fact, FLIPPED[op] ?? op, left);
      return undefined;
    }
    case 'in': {
      const { item, list } = shape;
      if (item.shape.kind === 'fact' && item.type === 'string' && Array.isArray(list.constant))
        return { field: item.shape.fact.name, operator: 'in', value: list.constant.map(String) };
      if (list.shape.kind === 'fact' && typeof item.constant === 'string')
        return { field: list.shape.fact.name, operator: 'has', value: item.constant };
      return undefined;
    }
    case 'text': {
      const { subject, text, op } = shape;
      if (op === 'matches' || subject.shape.kind !== 'fact' || typeof text.constant !== 'string')
        return undefined;
      return { field: subject.shape.fact.name, operator: op, value: text.constant };
    }
    case 'other':
      return undefined;
  }
}

function compared(fact: Fact, operator: Operator, { constant, type }: Expression): Condition | undefined {
  if (constant === undefined || typeof constant === 'object') return undefined;
  if (!operatorsOf(fact).includes(operator)) {
    if (fact.type !== 'bool' || operator !== '!=') return undefined;
    return { field: fact.name, operator: '==', value: constant !== true };
  }
  if (type === 'duration') return undefined;
  const value = type === 'timestamp' ? new Date(Number(constant)).toISOString() : constant;
  return { field: fact.name, operator, value };
}
