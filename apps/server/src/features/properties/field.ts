import type { EventFieldType, FieldValue } from '@promosmith/contract';
import { EXAMPLES, isFieldPath } from '@promosmith/core/rules';

/** What one event says of one of its fields. */
export interface SeenField {
  readonly type: EventFieldType | 'mixed';
  readonly example: FieldValue;
}

/** Further inside nothing is listed, nor past so many fields of one event. */
const DEEPEST = 5;
const MOST_FIELDS = 200;
const LONGEST_NAME = 200;

/**
 * What an event's data holds, by dotted name. What no rule could ask for is left out: `null`, empty lists, odd names.
 * @param secret its values are a player's own, such as codes: none is an example.
 */
export function fieldsIn(data: Readonly<Record<string, unknown>>, secret = false): Map<string, SeenField> {
  const fields = new Map<string, SeenField>();
  const look = (inside: object, prefix: string, depth: number): void => {
    for (const [key, value] of Object.entries(inside)) {
      if (fields.size >= MOST_FIELDS) return;
      const name = `${prefix}${key}`;
      if (name.length > LONGEST_NAME || key.includes('.') || !isFieldPath(key)) continue;
      const type = typeOf(value);
      if (type)
        fields.set(name, { type, example: exampleOf(type, value as FieldValue, secret || OWN.test(name)) });
      else if (isRecord(value) && depth < DEEPEST) look(value, `${name}.`, depth + 1);
    }
  };
  look(data, '', 1);
  return fields;
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function typeOf(value: unknown): EventFieldType | undefined {
  if (typeof value === 'string')
    return INSTANT.test(value) && !Number.isNaN(Date.parse(value)) ? 'timestamp' : 'string';
  // Whole or not: nobody promised that the next one is whole, too.
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'bool';
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.every((one) => typeof one === 'string')) return 'list<string>';
  return value.every((one) => typeof one === 'number') ? 'list<double>' : undefined;
}

const LONGEST_EXAMPLE = 64;
const MOST_EXAMPLES = 3;
/** E-mail addresses, birthdays, phone and account numbers: a list that everybody reads is no place for them. */
const PERSONAL = /@|(?:\d[ ./-]?){7}/;

const mayBeShown = (value: unknown): boolean => {
  const text = String(value);
  return text.length <= LONGEST_EXAMPLE && !PERSONAL.test(text);
};

/** Names of what is somebody's own, whatever it looks like. */
const OWN =
  /code|token|secret|passw|mail|phone|mobile|address|birth|iban|card|account|(?:first|last|full|user|nick)_?name/i;

/** The value itself, unless it could tell who somebody is, or is theirs. */
function exampleOf(type: EventFieldType, value: FieldValue, own: boolean): FieldValue {
  if (own || type === 'timestamp') return EXAMPLES[type] as FieldValue;
  if (Array.isArray(value)) {
    const shown = value.slice(0, MOST_EXAMPLES);
    return shown.every(mayBeShown) ? (shown as FieldValue) : [];
  }
  return mayBeShown(value) ? value : (EXAMPLES[type] as FieldValue);
}

/** Whether a value is one of the type, as people give examples. */
export function isOfType(type: EventFieldType, value: FieldValue): boolean {
  const is = typeOf(value);
  if (type === 'int') return Number.isSafeInteger(value);
  if (type === 'string' && is === 'timestamp') return true;
  return is === type || (type.startsWith('list') && Array.isArray(value) && value.length === 0);
}

/** `depositId` is `Deposit id`; `game.category` is `Game category`. */
export function labelOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[._]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
