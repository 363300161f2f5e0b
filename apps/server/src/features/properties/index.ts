import type { Platform } from '../../platform/platform.ts';
import type { Events } from '../events/index.ts';
import { createDiscovery, type Discover, happenedBy } from './discovery.ts';
import { mountProperties } from './routes.ts';
import { createRegister } from './service.ts';

export { unheardBecause } from './built-in.ts';
export { type Happened, happenedBy } from './discovery.ts';
export { actionKey, findReservedActions, reserveAction } from './reserved.ts';
export { eventFields } from './views.ts';

export interface Properties {
  /** Notes what happened that came by no event of the platform, after its transaction. Never fails. */
  readonly seen: Discover;
}

/** What events carry: of the platform's own types as the contract says; of client actions and custom events as seen, or registered by hand. */
export function createProperties(platform: Platform, events: Events): Properties {
  const seen = createDiscovery(platform);
  mountProperties(platform, createRegister(platform.db));
  events.onTaken((brandId, taken) => {
    const concerned = taken.filter(({ type }) => type === 'client.action' || type.startsWith('custom.'));
    return seen(brandId, concerned.map(happenedBy));
  });
  return { seen };
}
