import { buildCatalogue, type Catalogue } from '@promosmith/core/rules';
import type { Queryable } from '../../platform/db.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import { factPropertyOf, listProperties } from './properties.ts';
import { mountPlayers } from './routes.ts';
import {
  createPlayersService,
  type DescriptionListener,
  type ExclusionListener,
  type PlayerListeners,
} from './service.ts';

export { blockBonuses } from './bonus-block.ts';
export { type InlinePlayer, type PlayerDetails, upsertInline } from './details.ts';
export { playerEvents } from './events.ts';
export { excludedPlayers } from './excluded-players.ts';
export { factsOf, type PlayerFacts } from './facts.ts';
export { barredBy, EXCLUDED_FOR_GOOD, type KnownPlayer, type PlayerRecord } from './player.ts';
export { factPropertyOf, listProperties } from './properties.ts';
export type { DescriptionListener, ExclusionListener } from './service.ts';
export { propertyFaults, setProperties } from './set-properties.ts';
export {
  allPlayerIds,
  ensure as ensurePlayers,
  hold as holdPlayers,
  loadPlayers,
  lock as lockPlayers,
  samplePlayerIds,
} from './store/index.ts';
export { withdrawConsent } from './withdraw-consent.ts';
export { zoneOf } from './zone.ts';

export interface Players {
  /**
   * The facts a brand's rules may use: the built-in ones and its registered properties.
   * @param db the connection of the caller's transaction: what holds one must not wait for another.
   */
  catalogue(brandId: string, db?: Queryable): Promise<Catalogue>;
  /** Registers what a later feature does when a person, rather than an event, excludes a player. */
  onExclusion(listener: ExclusionListener): void;
  /** Registers what a later feature does when a player's data is put, rather than told by an event. */
  onDescription(listener: DescriptionListener): void;
}

/** Players as their platform describes them: data, exclusions, consents, custom properties. */
export function createPlayers({ db, http }: Platform, brands: Brands): Players {
  const listeners: PlayerListeners = { onExclusion: [], onDescription: [] };
  mountPlayers(http, createPlayersService(db, brands, listeners));
  return {
    onExclusion: (listener) => {
      listeners.onExclusion.push(listener);
    },
    onDescription: (listener) => {
      listeners.onDescription.push(listener);
    },
    async catalogue(brandId, connection = db) {
      const built = buildCatalogue((await listProperties(connection, brandId)).map(factPropertyOf));
      if (!built.ok) throw new Error(`registered properties are no facts: ${JSON.stringify(built.errors)}`);
      return built.catalogue;
    },
  };
}
