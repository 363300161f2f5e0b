import { v5, v7 } from 'uuid';

/** A new UUIDv7: sorts by time of creation. */
export const newId = (): string => v7();

/**
 * The player's id is derived from the brand and the platform's own id, so that it needs no look-up and the
 * same player can never get two rows.
 */
export const playerId = (brandId: string, externalId: string): string => v5(externalId, brandId);
