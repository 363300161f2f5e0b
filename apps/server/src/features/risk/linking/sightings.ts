import { instants, jsons, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import type { EventConsumer, IncomingEvent } from '../../events/index.ts';
import type { Identifier, Identifiers } from '../identifiers/keys.ts';

/** An account that was seen with something. */
export interface Sighting {
  readonly playerId: string;
  /** None: the account itself is to be looked at. */
  readonly identifiers: readonly Identifier[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

const TYPES = [
  'player.registered',
  'player.updated',
  'player.self_excluded',
  'login',
  'deposit.succeeded',
  'withdrawal.requested',
] as const;

export type SightingType = (typeof TYPES)[number];
type Told = IncomingEvent<SightingType>;

/**
 * Keeps what the platform tells of devices, addresses and cards, in the transaction of the event: it is linked in the
 * background, so that no event waits for another player's.
 */
export const sightingsOf = (identifiers: Identifiers): EventConsumer<SightingType> => ({
  types: TYPES,
  async apply(tx, events) {
    await keepSightings(
      tx,
      events.flatMap((event) => {
        const found = identifiersIn(identifiers, event);
        return found ? [{ brandId: event.brandId, ...found }] : [];
      }),
    );
    return [];
  },
});

/** Undefined of an event that changes nothing that anybody is known by. */
function identifiersIn(identifiers: Identifiers, event: Told): Sighting | undefined {
  const { brandId, playerId } = event;
  const seen = (told: readonly (Identifier | undefined)[]): Sighting => ({
    playerId,
    identifiers: told.filter((one) => one !== undefined),
    at: Date.parse(event.time),
  });
  const identify = (kind: Identifier['kind'], text: string | undefined) =>
    text === undefined ? undefined : identifiers.identify(brandId, kind, text);
  if (event.type === 'login') {
    const { device, ip } = event.data;
    return device || ip ? seen([identify('device', device), identify('address', ip)]) : undefined;
  }
  if (event.type === 'deposit.succeeded') {
    const { instrument } = event.data;
    return instrument ? seen([identify('payment', instrument)]) : undefined;
  }
  if (event.type === 'player.updated') {
    const { email, phone, household } = event.data;
    return email || phone || household ? seen([]) : undefined;
  }
  return seen([]);
}

export async function keepSightings(
  tx: Queryable,
  sightings: readonly (Sighting & { readonly brandId: string })[],
): Promise<void> {
  if (sightings.length === 0) return;
  await tx.query({
    name: 'risk.sightings.keep',
    text: `insert into risk_sightings (player_id, sighting_id, brand_id, identifiers, at)
      select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::json[], $5::timestamptz[])`,
    values: [
      uuids(sightings.map(({ playerId }) => playerId)),
      uuids(sightings.map(() => newId())),
      uuids(sightings.map(({ brandId }) => brandId)),
      jsons(sightings.map(({ identifiers }) => JSON.stringify(identifiers))),
      instants(sightings.map(({ at }) => at)),
    ],
  });
}

/** Has accounts looked at, whatever about them has changed. */
export async function lookAt(tx: Queryable, playerIds: readonly string[]): Promise<void> {
  if (playerIds.length === 0) return;
  await tx.query(
    `insert into risk_sightings (player_id, sighting_id, brand_id, identifiers, at)
     select p.player_id, t.sighting_id, p.brand_id, '[]', now()
     from unnest($1::uuid[], $2::uuid[]) as t (player_id, sighting_id)
     join players p on p.player_id = t.player_id and p.player_id = any($1::uuid[])`,
    [uuids(playerIds), uuids(playerIds.map(() => newId()))],
  );
}

/** Takes some sightings of a brand whose links are held: they are gone when the transaction commits. */
export async function takeSightings(tx: Queryable, brandId: string, atMost: number): Promise<Sighting[]> {
  const { rows } = await tx.query<Omit<Sighting, 'at'> & { at: Date }>(
    `delete from risk_sightings s
     using (select player_id, sighting_id from risk_sightings where brand_id = $1 order by sighting_id limit $2) due
     where s.player_id = due.player_id and s.sighting_id = due.sighting_id
     returning s.player_id as "playerId", s.identifiers, s.at`,
    [brandId, atMost],
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** What accounts are known by that tried codes, and by what their data says. */
export async function sightingsBehind(
  tx: Queryable,
  identifiers: Pick<Identifiers, 'identify'>,
  brandId: string,
  activations: readonly { readonly playerId: string; readonly activationId: string }[],
): Promise<Sighting[]> {
  if (activations.length === 0) return [];
  const { rows } = await tx.query<{ playerId: string; device: string | null; ip: string | null; at: Date }>(
    `select a.player_id as "playerId", a.entry ->> 'deviceId' as device, a.entry ->> 'ip' as ip, a.created_at as at
     from unnest($1::uuid[], $2::uuid[]) as t (player_id, activation_id)
     cross join lateral (
       select player_id, entry, created_at from activations
       where player_id = t.player_id and activation_id = t.activation_id offset 0
     ) a`,
    [
      uuids(activations.map(({ playerId }) => playerId)),
      uuids(activations.map(({ activationId }) => activationId)),
    ],
  );
  return rows.map(({ playerId, device, ip, at }) => ({
    playerId,
    identifiers: [
      device === null ? undefined : identifiers.identify(brandId, 'device', device),
      ip === null ? undefined : identifiers.identify(brandId, 'address', ip),
    ].filter((one) => one !== undefined),
    at: at.getTime(),
  }));
}

/**
 * What accounts are known by as their data stands: of those that were `described` anew, and of those that were `seen` and
 * have no link of their data yet.
 */
export async function sightingsInData(
  tx: Queryable,
  identifiers: Pick<Identifiers, 'identify'>,
  brandId: string,
  { described, seen }: { readonly described: readonly string[]; readonly seen: readonly string[] },
): Promise<Sighting[]> {
  const { rows } = await tx.query<{
    playerId: string;
    email: string | null;
    phone: string | null;
    household: string | null;
    at: Date;
  }>(
    `select p.player_id as "playerId", p.email_canonical as email, p.phone, p.household, now() as at
     from (
       select unnest($1::uuid[]) as player_id
       union
       select s.player_id from unnest($2::uuid[]) as s (player_id) where not exists (
         select from risk_links l where l.player_id = s.player_id and l.kind in ('email', 'phone', 'household')
           and l.removed_at is null offset 0
       )
     ) t
     cross join lateral (
       select player_id, email_canonical, phone, household from players where player_id = t.player_id offset 0
     ) p`,
    [uuids(described), uuids(seen)],
  );
  return rows.map(({ playerId, at, ...data }) => ({
    playerId,
    identifiers: (['email', 'phone', 'household'] as const).flatMap((kind) => {
      const text = data[kind];
      return text === null ? [] : (identifiers.identify(brandId, kind, text) ?? []);
    }),
    at: at.getTime(),
  }));
}
