import { setTimeout as sleep } from 'node:timers/promises';
import type { EventType } from '@promosmith/contract';
import type { Database, Queryable } from '../../../platform/db.ts';
import { doEachDue } from '../../../platform/do-due.ts';
import { playerId } from '../../../platform/ids.ts';
import { rowByRow } from '../../../platform/row-by-row.ts';
import type { SetAside } from '../../../platform/set-aside.ts';
import { endOfNext, type FoundEvent, findHead, findOfTypes } from '../../events/index.ts';
import type { Identifiers } from '../identifiers/keys.ts';
import { markAged, markDue, othersBehind } from '../profiles/due.ts';
import { joinClusters } from './clusters.ts';
import { findBehind, lockLinks, moveFeed } from './feeds.ts';
import { recordLinks } from './links.ts';
import { sightingsBehind, sightingsInData, takeSightings } from './sightings.ts';

/** What a process does for so many takes it away from requests for a few milliseconds. */
const AT_ONCE = 1000;

/** Tell of an attempt, which names a device and an address. */
const ATTEMPTS: readonly EventType[] = ['code.activated', 'activation.refused', 'activation.held'];
/** Tell that more of a player's past can be judged; of flags, only those of bets above the largest allowed. */
const TURNS: readonly EventType[] = ['wagering.completed', 'bonus.converted', 'risk.flagged'];
const HEARD: ReadonlySet<EventType> = new Set([...ATTEMPTS, ...TURNS]);

/**
 * Links what is new of each brand. How far its feed has been looked through moves in the transaction of the links, and one
 * process at a time holds the links of a brand: so everything is looked at once, and nothing is linked twice.
 * @returns whether there may be more.
 */
export const linkNew = (db: Database, aside: SetAside, identifiers: Identifiers): Promise<boolean> =>
  doEachDue(aside, {
    find: (names) => findBehind(db, names),
    nameOf: (brandId) => brandId,
    async work(brandId) {
      const startedAt = performance.now();
      const hasMore = await db.transaction(async (tx) => {
        const position = await lockLinks(tx, brandId, { wait: false });
        return position === undefined ? false : linkSome(tx, brandId, position, identifiers);
      });
      // While there is more it rests for as long as it worked: attempts go before links.
      if (hasMore) await sleep(performance.now() - startedAt);
      return hasMore;
    },
  });

async function linkSome(
  tx: Queryable,
  brandId: string,
  after: number,
  identifiers: Identifiers,
): Promise<boolean> {
  await rowByRow(tx);
  const { events, hasMore } = await hear(tx, brandId, after);
  const told = await takeSightings(tx, brandId, AT_ONCE);
  const attempts = events.filter(({ type }) => ATTEMPTS.includes(type)).flatMap(attemptOf);
  const tried = await sightingsBehind(
    tx,
    identifiers,
    brandId,
    attempts.map(({ player, activationId }) => ({ playerId: playerId(brandId, player), activationId })),
  );
  const players = (heard: readonly FoundEvent[]): string[] =>
    heard.flatMap(({ data: { player } }) => (typeof player === 'string' ? [playerId(brandId, player)] : []));
  const turned = players(events.filter(isTurn));
  const described = told.filter(({ identifiers: seen }) => seen.length === 0).map((one) => one.playerId);
  const known = await sightingsInData(tx, identifiers, brandId, {
    described,
    seen: [...new Set([...players(events), ...told.map((one) => one.playerId)])],
  });
  const links = await recordLinks(tx, brandId, [...tried, ...told, ...known]);
  // A device or an address of one's own says nothing; a mailbox may be a throw-away one, and all may turn out to be shared.
  const withMailbox = links.filter(({ kind }) => kind === 'email').map((link) => link.playerId);
  const others = await othersBehind(tx, [...described, ...links.map((link) => link.playerId)]);
  // Before clusters: profiles are locked before those, here as anywhere.
  await markDue(tx, brandId, [...described, ...turned, ...withMailbox, ...others]);
  await markAged(tx, players(events));
  await joinClusters(tx, brandId, links);
  return hasMore || told.length === AT_ONCE;
}

const isTurn = ({ type, data: { betId } }: FoundEvent): boolean =>
  TURNS.includes(type) && (type !== 'risk.flagged' || betId !== undefined);

/** @returns the next events of a brand whose links are held. */
async function hear(
  tx: Queryable,
  brandId: string,
  after: number,
): Promise<{ events: FoundEvent[]; hasMore: boolean }> {
  const head = await findHead(tx, brandId);
  if (after >= head) return { events: [], hasMore: false };
  const position = await endOfNext(tx, brandId, { after, upTo: head }, AT_ONCE);
  const events = await findOfTypes(tx, brandId, { after, upTo: position }, HEARD);
  await moveFeed(tx, brandId, position);
  return { events, hasMore: position < head };
}

const attemptOf = ({ data: { player, activationId } }: FoundEvent) =>
  typeof player === 'string' && typeof activationId === 'string' ? [{ player, activationId }] : [];
