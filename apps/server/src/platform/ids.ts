import { v5, v7 } from 'uuid';

/** A new UUIDv7: sorts by time of creation. */
export const newId = (): string => v7();

/**
 * The player's id is derived from the brand and the platform's own id, so that it needs no look-up and the
 * same player can never get two rows.
 */
export const playerId = (brandId: string, externalId: string): string => v5(externalId, brandId);

/**
 * The smallest UUIDv7 of an instant: ids sort by time, so a span of time is a range of them.
 * @param ms since 1970
 */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
