/** What is typed for an example, as a value of its type. Undefined: it is none of that type. */

export type PropertyType = 'string' | 'number' | 'boolean' | 'list';
export type FieldType = 'string' | 'int' | 'double' | 'bool' | 'timestamp' | 'list<string>' | 'list<double>';

export const PROPERTY_TYPES = [
  'string',
  'number',
  'boolean',
  'list',
] as const satisfies readonly PropertyType[];

export const FIELD_TYPES = [
  'string',
  'int',
  'double',
  'bool',
  'timestamp',
  'list<string>',
  'list<double>',
] as const satisfies readonly FieldType[];

type Value = string | number | boolean | string[] | number[];

const partsOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const numberOf = (text: string): number | undefined => {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
};

const flagOf = (text: string): boolean | undefined =>
  text === 'true' ? true : text === 'false' ? false : undefined;

const instantOf = (text: string): string | undefined =>
  /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;

const wholeOf = (text: string): number | undefined => {
  const number = numberOf(text);
  return Number.isSafeInteger(number) ? number : undefined;
};

function numbersOf(text: string): number[] | undefined {
  const numbers = partsOf(text).map(numberOf);
  const known = numbers.filter((number) => number !== undefined);
  return known.length === numbers.length ? known : undefined;
}

/** Lists are typed with commas between. */
export function readExample(
  type: PropertyType,
  text: string,
): string | number | boolean | string[] | undefined;
export function readExample(type: FieldType, text: string): Value | undefined;
export function readExample(type: PropertyType | FieldType, text: string): Value | undefined {
  switch (type) {
    case 'string':
      return text.trim() === '' ? undefined : text.trim();
    case 'number':
    case 'double':
      return numberOf(text);
    case 'int':
      return wholeOf(text);
    case 'boolean':
    case 'bool':
      return flagOf(text.trim());
    case 'timestamp':
      return instantOf(text.trim());
    case 'list':
    case 'list<string>':
      return partsOf(text);
    case 'list<double>':
      return numbersOf(text);
  }
}

/** What a field of that type is asked with. */
export const PLACEHOLDERS: Readonly<Record<PropertyType | FieldType, string>> = {
  string: 'gold',
  number: '12.5',
  double: '12.5',
  int: '2500',
  boolean: 'true',
  bool: 'true',
  timestamp: '2026-11-22T10:00:00Z',
  list: 'slots, roulette',
  'list<string>': 'slots, roulette',
  'list<double>': '1, 2.5',
};
