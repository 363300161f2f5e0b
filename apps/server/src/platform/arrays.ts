/**
 * Array parameters in PostgreSQL's binary format, for statements that write or look up a whole batch. `pg` writes
 * arrays as text, quoting every element, and the server has to undo that: for the rows of an activation binary takes
 * half of the client's and two thirds of the server's time.
 */

const OID = { bool: 16, int4: 23, int8: 20, text: 25, json: 114, timestamptz: 1184, uuid: 2950 } as const;

/** PostgreSQL's name of what an array holds. */
type ElementType = keyof typeof OID;

type Columns = Readonly<Record<string, ElementType>>;

/**
 * A `select` that turns array parameters, `$1` and on, into rows. Arrays are taken apart in the select list, where
 * PostgreSQL hands each row on as it is made: of `from unnest(…)` it would keep every column whole first.
 * @param columns their names and types, in the order of the parameters; the arrays must be of one length.
 */
export const rowsOf = (columns: Columns): string => `select ${unnested(columns)}`;

const unnested = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, type], index) => `unnest($${index + 1}::${type}[]) as ${name}`)
    .join(', ');

/**
 * As `rowsOf`, where most rows have some values in common: each set of them is written once. The parameters are the
 * arrays of `own`, then `int4s` of the `places` that `shareOut` gives, then the arrays of `shared`, one element for each
 * set.
 */
export function sharingRowsOf(own: Columns, shared: Columns): string {
  const first = Object.keys(own).length + 2;
  const looked = Object.entries(shared).map(
    ([name, type], index) => `($${first + index}::${type}[])[place] as ${name}`,
  );
  const columns = [...Object.keys(own), ...looked].join(', ');
  return `select ${columns} from (select ${unnested({ ...own, place: 'int4' })}) own`;
}

/**
 * Finds the rows that have the same values in the columns they share.
 * @returns a row of each set, and the place of every row's set among them, from 1.
 */
export function shareOut<Row>(
  rows: readonly Row[],
  haveSame: (a: Row, b: Row) => boolean,
): { sets: Row[]; places: number[] } {
  const sets: Row[] = [];
  let place = 0;
  const places = rows.map((row) => {
    const last = sets[place - 1];
    if (last === undefined || !haveSame(last, row))
      place = sets.findIndex((set) => haveSame(set, row)) + 1 || sets.push(row);
    return place;
  });
  return { sets, places };
}

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL = -1;
const UTF8_BYTES_PER_UNIT = 3;

/** One dimension, from 1. */
function writeHeader(to: Buffer, oid: number, length: number): void {
  to.writeInt32BE(length === 0 ? 0 : 1, 0);
  to.writeInt32BE(1, 4);
  to.writeInt32BE(oid, 8);
  to.writeInt32BE(length, 12);
  to.writeInt32BE(1, 16);
}

const EMPTY_BYTES = 12;

type Values<T> = readonly (T | null)[];

function fixedWidth<T>(
  oid: number,
  width: number,
  values: Values<T>,
  write: (to: Buffer, at: number, value: T) => void,
): Buffer {
  const to = Buffer.allocUnsafe(HEADER_BYTES + values.length * (LENGTH_BYTES + width));
  writeHeader(to, oid, values.length);
  if (values.length === 0) return to.subarray(0, EMPTY_BYTES);
  let at = HEADER_BYTES;
  for (const value of values) {
    to.writeInt32BE(value === null ? NULL : width, at);
    at += LENGTH_BYTES;
    if (value === null) continue;
    write(to, at, value);
    at += width;
  }
  return to.subarray(0, at);
}

let scratch = Buffer.allocUnsafe(64 * 1024);

function variableWidth(oid: number, values: Values<string>): Buffer {
  let most = HEADER_BYTES;
  for (const value of values) most += LENGTH_BYTES + (value?.length ?? 0) * UTF8_BYTES_PER_UNIT;
  if (scratch.length < most) scratch = Buffer.allocUnsafe(most);
  writeHeader(scratch, oid, values.length);
  if (values.length === 0) return Buffer.from(scratch.subarray(0, EMPTY_BYTES));
  let at = HEADER_BYTES;
  for (const value of values) {
    const length = value === null ? NULL : scratch.write(value, at + LENGTH_BYTES);
    scratch.writeInt32BE(length, at);
    at += LENGTH_BYTES + Math.max(0, length);
  }
  return Buffer.from(scratch.subarray(0, at));
}

/** For `text[]`. */
export const texts = (values: Values<string>): Buffer => variableWidth(OID.text, values);

/** For `json[]`: the elements are JSON already. */
export const jsons = (values: Values<string>): Buffer => variableWidth(OID.json, values);

/** For `uuid[]`. */
export function uuids(values: Values<string>): Buffer {
  let last: string | undefined;
  let lastAt = 0;
  return fixedWidth(OID.uuid, UUID_BYTES, values, (to, at, uuid) => {
    // Brands and campaigns are most often the same in every row.
    if (uuid === last) to.copyWithin(at, lastAt, lastAt + UUID_BYTES);
    else writeUuid(to, at, uuid);
    last = uuid;
    lastAt = at;
  });
}

/** For `bool[]`. */
export const bools = (values: Values<boolean>): Buffer =>
  fixedWidth(OID.bool, 1, values, (to, at, value) => to.writeUInt8(value ? 1 : 0, at));

/** For `int4[]`. */
export const int4s = (values: Values<number>): Buffer =>
  fixedWidth(OID.int4, 4, values, (to, at, value) => to.writeInt32BE(value, at));

/** For `int8[]`: whole numbers in the safe range. */
export const int8s = (values: Values<number>): Buffer => fixedWidth(OID.int8, 8, values, writeInt8);

/** For `timestamptz[]`: milliseconds since 1970, UTC. */
export const instants = (values: Values<number>): Buffer =>
  fixedWidth(OID.timestamptz, 8, values, (to, at, ms) =>
    writeInt8(to, at, (ms - FIRST_MS) * MICROSECONDS_PER_MS),
  );

/** PostgreSQL counts microseconds from here. */
const FIRST_MS = Date.UTC(2000, 0);
const MICROSECONDS_PER_MS = 1000;

const TWO_TO_32 = 2 ** 32;

function writeInt8(to: Buffer, at: number, value: number): void {
  const high = Math.floor(value / TWO_TO_32);
  to.writeInt32BE(high, at);
  to.writeUInt32BE(value - high * TWO_TO_32, at + 4);
}

const UUID_BYTES = 16;
const UUID_LENGTH = 36;

/** Where the digits of its bytes begin, between dashes. */
const BYTES_AT = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;

function writeUuid(to: Buffer, at: number, uuid: string): void {
  if (uuid.length !== UUID_LENGTH) throw new TypeError(`${uuid} is not a UUID`);
  let byte = at;
  for (const i of BYTES_AT) to[byte++] = (digit(uuid.charCodeAt(i)) << 4) | digit(uuid.charCodeAt(i + 1));
}

/** 0–9, a–f and A–F by their character codes. */
const digit = (code: number): number => (code & 0xf) + (code >> 6) * 9;
