import type { CompareOp, Expression, TextOp } from './expression.ts';
import type { Fact } from './facts.ts';
import type { Frame } from './runtime/frame.ts';
import { formatDuration, formatTimestamp } from './runtime/time.ts';
import { textOf } from './source.ts';
import { elementType, isList, type RuleType, type Scalar, type Value } from './types.ts';

/** A value as shown and stored: timestamps as RFC 3339 text, durations as CEL text; `null` when not known. */
export type Shown = Scalar | readonly Scalar[] | null;

/** Facts a condition read, by name. */
export type Saw = Readonly<Record<string, Shown>>;

export type NeedOp =
  | CompareOp
  | 'in'
  | 'not in'
  | 'includes'
  | 'excludes'
  | TextOp
  | `not ${TextOp}`
  | 'known'
  | 'not known'
  | 'is';

/** What a condition asks for, read in the direction the rule needs it: under a `!` it is already turned round. */
export type Need = {
  /** The fact asked about, or the source text of the expression that is. */
  readonly fact: string;
  /** What it was. */
  readonly saw: Shown;
  readonly op: NeedOp;
  readonly value: Shown;
  /** Source text of `value` where it is computed from other facts. */
  readonly against?: string;
  /** How far a number is from passing: at least this much more (or less, when negative); absent when it passes. */
  readonly gap?: number;
  /** `minor`: `saw`, `value` and `gap` are minor units of the player's currency. */
  readonly unit?: Fact['unit'];
};

const OPPOSITE: Readonly<Record<CompareOp, CompareOp>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
const MIRROR: Readonly<Record<CompareOp, CompareOp>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** What `condition` needs in order to come to `wanted`. */
export function needOf(condition: Expression, wanted: boolean, saw: Saw, source: string, frame: Frame): Need {
  const shape = condition.shape;
  switch (shape.kind) {
    case 'fact':
      return { fact: shape.fact.name, saw: saw[shape.fact.name] ?? null, op: '==', value: wanted };
    case 'has':
      return {
        fact: shape.fact.name,
        saw: saw[shape.fact.name] ?? null,
        op: wanted ? 'known' : 'not known',
        value: null,
      };
    case 'compare': {
      const op = wanted ? shape.op : OPPOSITE[shape.op];
      return shape.left.facts.length > 0
        ? comparison(shape.left, op, shape.right, source, frame)
        : comparison(shape.right, MIRROR[op], shape.left, source, frame);
    }
    case 'in':
      return shape.item.facts.length > 0
        ? pair(shape.item, wanted ? 'in' : 'not in', shape.list, source, frame)
        : pair(shape.list, wanted ? 'includes' : 'excludes', shape.item, source, frame);
    case 'text':
      return pair(shape.subject, wanted ? shape.op : `not ${shape.op}`, shape.text, source, frame);
    default: {
      const [only, other] = condition.facts;
      return {
        fact: textOf(source, condition),
        saw: only && !other ? (saw[only.name] ?? null) : null,
        op: 'is',
        value: wanted,
      };
    }
  }
}

function pair(subject: Expression, op: NeedOp, other: Expression, source: string, frame: Frame): Need {
  const fact = subject.shape.kind === 'fact' ? subject.shape.fact : undefined;
  return {
    fact: fact?.name ?? textOf(source, subject),
    saw: show(subject, frame),
    op,
    value: show(other, frame),
    ...(other.constant === undefined && { against: textOf(source, other) }),
    ...(fact?.unit && { unit: fact.unit }),
  };
}

function comparison(
  subject: Expression,
  op: CompareOp,
  other: Expression,
  source: string,
  frame: Frame,
): Need {
  const gap = gapTo(subject, op, other, frame);
  return { ...pair(subject, op, other, source, frame), ...(gap !== undefined && { gap }) };
}

function gapTo(subject: Expression, op: CompareOp, other: Expression, frame: Frame): number | undefined {
  if (!isNumber(subject.type) || !isNumber(other.type)) return undefined;
  const saw = subject.run(frame);
  const value = other.run(frame);
  if (typeof saw !== 'number' || typeof value !== 'number') return undefined;
  const gap = nearestTo(value, op, subject.type) - saw;
  // The wrong sign is room to spare, not a gap.
  const short = op === '==' ? gap !== 0 : op.startsWith('>') ? gap > 0 : op.startsWith('<') && gap < 0;
  return short ? gap : undefined;
}

/** The nearest value that passes; for whole numbers a strict bound is the next one. */
function nearestTo(value: number, op: CompareOp, type: RuleType): number {
  if (type === 'int' && op === '>') return Math.floor(value) + 1;
  if (type === 'int' && op === '<') return Math.ceil(value) - 1;
  return value;
}

const isNumber = (type: RuleType): boolean => type === 'int' || type === 'double';

function show(expression: Expression, frame: Frame): Shown {
  return showValue(expression.run(frame), expression.type);
}

export function showValue(value: Value | undefined, type: RuleType): Shown {
  if (value === undefined) return null;
  if (isList(type)) {
    const inner = elementType(type);
    return (value as readonly Scalar[]).map((item) => showScalar(item, inner));
  }
  return showScalar(value as Scalar, type);
}

function showScalar(value: Scalar, type: RuleType): Scalar {
  if (type === 'timestamp') return formatTimestamp(value as number);
  return type === 'duration' ? formatDuration(value as number) : value;
}
