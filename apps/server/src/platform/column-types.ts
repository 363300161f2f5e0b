import pg from 'pg';

const INT8_OID = 20;
const INSTANT_OID = 1184;
const readInstantOf = pg.types.getTypeParser(INSTANT_OID, 'text');
/** A number like any other: pg's declarations name no arrays. */
const TEXTS_OID: number = 1009;
const readTextsOf: (text: string) => (string | null)[] = pg.types.getTypeParser(TEXTS_OID, 'text');

/** Has columns read exactly, and those that every player or bonus has several of in a fraction of pg's time. */
export function setColumnTypes(): void {
  pg.types.setTypeParser(INT8_OID, readInt8);
  pg.types.setTypeParser(INSTANT_OID, readInstant);
  pg.types.setTypeParser(TEXTS_OID, readTexts);
}

/** @throws RangeError past the safe integer range. */
function readInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is past the safe integer range`);
  return value;
}

const SPACE = 32;
const ZERO = 48;

/**
 * `2026-03-29 01:30:00.123456+00`, as all but infinity and the far ends of time are in a session on UTC. What is past
 * milliseconds is cut off.
 */
export function readInstant(text: string): Date {
  const isUsual = text.charCodeAt(10) === SPACE && text.charCodeAt(0) !== ZERO && text.endsWith('+00');
  if (!isUsual) return readInstantOf(text);
  const date = Date.UTC(digits(text, 0, 4), digits(text, 5, 7) - 1, digits(text, 8, 10));
  const minutes = digits(text, 11, 13) * 60 + digits(text, 14, 16);
  return new Date(date + (minutes * 60 + digits(text, 17, 19)) * 1000 + milliseconds(text));
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + text.charCodeAt(i) - ZERO;
  return value;
}

/** PostgreSQL leaves out zeros at the end. */
function milliseconds(text: string): number {
  const end = text.length - '+00'.length;
  let value = 0;
  for (let i = 20; i < 23; i++) value = value * 10 + (i < end ? text.charCodeAt(i) - ZERO : 0);
  return value;
}

/** `{newsletter,slots}`: nothing in it is quoted, nested or null. */
const USUAL_LIST = /^\{[^"{}\\]+\}$/;

export const readTexts = (text: string): (string | null)[] =>
  USUAL_LIST.test(text) && !text.includes('NULL') ? text.slice(1, -1).split(',') : readTextsOf(text);
