/** Payloads differ by kind, and are told apart by what is in them. */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const partsOf = (payload: unknown): Readonly<Record<string, unknown>> =>
  isRecord(payload) ? payload : {};

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

export const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
