import { Stop } from '../template/stop.ts';
import { createBuffer } from './buffer.ts';
import { finite, textOf } from './text-of.ts';
import type { Writer } from './writer.ts';

/**
 * A JSON text. Between quotes a value is escaped as the inside of a string; elsewhere it is a JSON value itself, lists
 * and objects too. What comes out is read again to make sure.
 */
export function jsonWriter(): Writer {
  const buffer = createBuffer();
  let inString = false;
  let afterBackslash = false;
  return {
    literal(text) {
      for (const symbol of text) {
        if (afterBackslash) afterBackslash = false;
        else if (inString && symbol === '\\') afterBackslash = true;
        else if (symbol === '"') inString = !inString;
      }
      buffer.add(text);
    },
    value(value) {
      if (afterBackslash) throw new Stop('json_invalid', 'A backslash stands before the value.');
      buffer.add(inString ? written(textOf(value)).slice(1, -1) : written(jsonOf(value)));
    },
    finish() {
      const fault = faultOf(buffer.text);
      if (fault !== undefined) throw new Stop('json_invalid', `It does not come out as JSON: ${fault}.`);
      return buffer.text;
    },
  };
}

/** Written to mean the same, and nothing else, where the JSON stands in a script or a line of a protocol. */
const written = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029\u007f]/g,
    (symbol) => `\\u${symbol.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function jsonOf(value: unknown): unknown {
  if (typeof value === 'number') return finite(value);
  return value ?? null;
}

function faultOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return error.message;
  }
}
