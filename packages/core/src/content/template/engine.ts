import { Liquid, toValue } from 'liquidjs';
import { registerFormatting } from '../formatting/filters.ts';
import { TEMPLATE_LIMITS } from './limits.ts';

/** Tags a template may use. None reads another template, none writes what it was not given as a value. */
export const TAGS = [
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'for',
  'if',
  'unless',
  '#',
] as const;

/**
 * Filters of Liquid that a template may use. None escapes, because the context does; none knows the time or chance; and
 * none is `raw`, so nothing turns the escaping off.
 */
const FILTERS = [
  ...[
    'abs',
    'at_least',
    'at_most',
    'ceil',
    'divided_by',
    'floor',
    'minus',
    'modulo',
    'plus',
    'round',
    'times',
  ],
  ...['append', 'capitalize', 'downcase', 'prepend', 'remove', 'replace', 'strip', 'truncate', 'upcase'],
  ...['first', 'join', 'last', 'map', 'reverse', 'size', 'slice', 'sort', 'split', 'uniq'],
  'default',
] as const;

/** Carries a value to the writer of the context, which is the only one to know how it is written there. */
export class Emitted {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  /** Inside `capture`: the text it is written as later, by the output that uses what was captured. */
  toString(): string {
    const { value } = this;
    if (value === null || value === undefined) return '';
    return Array.isArray(value) ? value.join('') : String(value);
  }
}

function createEngine(): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    outputEscape: (value) => new Emitted(toValue(value)) as never,
    // No file is ever looked up; were one, it would be in here.
    templates: {},
    parseLimit: TEMPLATE_LIMITS.source,
    memoryLimit: TEMPLATE_LIMITS.memory,
  });
  keepOnly(liquid.tags, TAGS);
  keepOnly(liquid.filters, FILTERS);
  registerFormatting(liquid);
  return liquid;
}

function keepOnly(registered: Record<string, unknown>, wanted: readonly string[]): void {
  for (const name of Object.keys(registered)) if (!wanted.includes(name)) delete registered[name];
}

export const liquid = createEngine();

/**
 * How templates are rendered: conditions, cases and `default` may ask for what is not there. Only they: `assign` goes by
 * the engine's own options, so that `{% assign a = event.x | upcase %}` is no way to an empty text.
 */
export const RENDER_OPTIONS = { ...liquid.options, lenientIf: true };

/** Every filter there is, for editors to offer. */
export const FILTER_NAMES: readonly string[] = Object.keys(liquid.filters).sort();
