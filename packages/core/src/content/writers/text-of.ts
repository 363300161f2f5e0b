import { Stop } from '../template/stop.ts';

/**
 * A value as text, well-formed Unicode.
 * @throws Stop for what has no one way of being written: lists, objects, and numbers that are none.
 */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return String(finite(value));
  if (value === undefined || value === null) throw new Stop('missing_value', 'The value is nil.');
  throw new Stop(
    'not_text',
    Array.isArray(value)
      ? 'The value is a list: write {{ … | join: ", " }}.'
      : 'The value is an object: name the field you mean.',
  );
}

/** @throws Stop */
export function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new Stop('not_text', 'The value is no number: something was divided by zero.');
}

/** Control characters but tab and line feed, and those that turn the direction of the text around them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Without characters that are not seen themselves, yet change how others are: what players or platforms named things. */
export const seen = (text: string): string => text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(UNSEEN, '');
