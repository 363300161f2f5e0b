import type { Entry as StoredEntry } from '@promosmith/core/activation';
import { texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { playerId } from '../../../platform/ids.ts';
import type { Occurrence, Origin, ProfiledFact } from './facts.ts';
import { withProfiles } from './known-profiles.ts';
import { type Carried, NOTHING_OUTLIVED } from './outlived.ts';
import { idBeside, NO_TRAITS, type Profile, profileOf, type Traits } from './profile.ts';

/** A fact that is a row of its own. */
export interface FactRow extends ProfiledFact {
  readonly playerId: string;
  readonly factId: string;
  readonly about: string | null;
}

type Named<Kind extends Origin['kind']> = Occurrence & {
  readonly playerId: string;
  readonly origin: Extract<Origin, { kind: Kind }>;
};

/**
 * Finds out who facts happened to and what they came by: of a try as it is stored, of what came of it as of the try, and of
 * codes and messages from the player. A message that carries codes of several campaigns is a fact of each; one that
 * carries none is none.
 * @param before codes of messages, as they were counted before, for those whose draws are deleted.
 */
export async function findProfiles(
  tx: Queryable,
  brandId: string,
  occurrences: readonly Occurrence[],
  before: ReadonlyMap<string, readonly Carried[]> = NOTHING_OUTLIVED.carried,
): Promise<FactRow[]> {
  const ids = new Map<string, string>();
  const idOf = (player: string): string => {
    const id = ids.get(player) ?? playerId(brandId, player);
    ids.set(player, id);
    return id;
  };
  const named = occurrences.map((one) => ({ ...one, playerId: idOf(one.player) }));
  const of = <Kind extends Origin['kind']>(kind: Kind) =>
    named.filter((one): one is Named<Kind> => one.origin.kind === kind);
  const known = new Map<string, Profile>();

  const [tries, codes, messages] = [of('try'), of('code'), of('message')];
  const [entries, carried, grants] = await Promise.all([
    findEntries(tx, tries),
    findCarried(tx, messages),
    findIssuers(tx, of('grant')),
  ]);
  const people = await findPeople(
    tx,
    [...tries, ...codes, ...messages].map((one) => one.playerId),
  );
  const personOf = (id: string): Partial<Traits> => people.get(id) ?? {};

  const triedAs = new Map(
    tries.map(({ origin, playerId: player }) => {
      const { ipCountry = null, ...entry } = entries.get(origin.activationId) ?? { channel: origin.channel };
      const person = personOf(player);
      const traits = { ...NO_TRAITS, ...entry, ...person, country: person.country ?? ipCountry };
      return [origin.activationId, profileOf(traits, known)] as const;
    }),
  );
  const activationOf = ({ origin }: Occurrence): string | null =>
    origin.kind === 'activation'
      ? origin.activationId
      : origin.kind === 'grant'
        ? (grants.get(origin.grantId) ?? null)
        : null;
  const earlier = await findTaken(
    tx,
    brandId,
    named.flatMap((one) => {
      const activationId = activationOf(one);
      return activationId === null || triedAs.has(activationId)
        ? []
        : [{ playerId: one.playerId, activationId }];
    }),
  );

  return named.flatMap((one): FactRow[] => {
    const { origin, playerId: player } = one;
    switch (origin.kind) {
      case 'try':
        return [{ ...one, profile: triedAs.get(origin.activationId) ?? null }];
      case 'code': {
        const traits = { ...NO_TRAITS, ...personOf(player), batch: origin.batchId };
        return [{ ...one, profile: profileOf(traits, known) }];
      }
      case 'message': {
        const [messageId = ''] = origin.messageIds;
        const codes = carried.get(messageId) ?? before.get(messageId) ?? [];
        return codes.map(({ campaignId, batch }, index) => ({
          ...{ ...one, campaignId, factId: index === 0 ? one.factId : idBeside(one.factId, campaignId) },
          profile: profileOf({ ...NO_TRAITS, ...personOf(player), batch }, known),
        }));
      }
      default: {
        const activationId = activationOf(one) ?? '';
        return [{ ...one, profile: triedAs.get(activationId) ?? earlier.get(activationId) ?? null }];
      }
    }
  });
}

type Entry = Partial<Omit<Traits, 'segments' | 'country'>> & { readonly ipCountry?: string | null };

interface TryRow extends Pick<Traits, 'code' | 'batch'> {
  activationId: string;
  entry: StoredEntry;
}

/** What is stored of tries, by activation. */
async function findEntries(tx: Queryable, tries: readonly Named<'try'>[]): Promise<Map<string, Entry>> {
  const known = tries.filter(({ origin }) => origin.activationId !== '');
  if (known.length === 0) return new Map();
  const { rows } = await tx.query<TryRow>({
    name: 'analytics.entries',
    text: `select t.activation as "activationId", a.entry, case when c.kind = 'shared' then c.code_key end as code,
        b.batch_id as batch
      from unnest($1::uuid[], $2::uuid[]) as t (activation, player)
      cross join lateral (select entry, code_key from activations a
        where a.activation_id = t.activation and a.player_id = t.player offset 0) a
      left join lateral (select kind, code_key, batch_id from codes c where c.code_key = a.code_key offset 0) c on true
      left join lateral (select batch_id from code_batches b where b.batch_id = c.batch_id offset 0) b on true`,
    values: [
      uuids(known.map(({ origin }) => origin.activationId)),
      uuids(known.map(({ playerId: player }) => player)),
    ],
  });
  return new Map(
    rows.map(
      ({ activationId, entry: { channel, deviceType = null, ipCountry, traffic = {} }, code, batch }) => [
        activationId,
        {
          ...{ code, batch, channel, device: deviceType, ipCountry },
          source: traffic.utmSource ?? null,
          affiliate: traffic.affiliateId ?? null,
        },
      ],
    ),
  );
}

type Person = Pick<Traits, 'country' | 'segments'>;

async function findPeople(tx: Queryable, playerIds: readonly string[]): Promise<Map<string, Person>> {
  const distinct = [...new Set(playerIds)];
  if (distinct.length === 0) return new Map();
  const { rows } = await tx.query<Person & { playerId: string }>({
    name: 'analytics.people',
    text: `select p.player_id as "playerId", p.country, p.segments from unnest($1::uuid[]) as t (player)
      cross join lateral (select player_id, country, segments from players p where p.player_id = t.player offset 0) p`,
    values: [uuids(distinct)],
  });
  return new Map(
    rows.map(({ playerId: id, country, segments }) => [
      id,
      { country, segments: [...new Set(segments)].sort() },
    ]),
  );
}

/** The activations that issued bonuses, or the bonuses they are paid as. */
async function findIssuers(tx: Queryable, facts: readonly Named<'grant'>[]): Promise<Map<string, string>> {
  const known = facts.filter(({ origin }) => origin.grantId !== '');
  if (known.length === 0) return new Map();
  const { rows } = await tx.query<{ grantId: string; activationId: string }>({
    name: 'analytics.issuers',
    text: `select t.id as "grantId", coalesce(g.activation_id, p.activation_id) as "activationId"
      from unnest($1::uuid[], $2::uuid[]) as t (id, player)
      cross join lateral (select activation_id, parent_grant_id from grants g
        where g.grant_id = t.id and g.player_id = t.player offset 0) g
      left join lateral (select activation_id from grants p
        where p.grant_id = g.parent_grant_id and p.player_id = t.player offset 0) p on true
      where coalesce(g.activation_id, p.activation_id) is not null`,
    values: [
      uuids(known.map(({ origin }) => origin.grantId)),
      uuids(known.map(({ playerId: player }) => player)),
    ],
  });
  return new Map(rows.map(({ grantId, activationId }) => [grantId, activationId]));
}

/** The campaigns of the codes that messages carry: drawn by label tags, or the player's before. A message sent again carries those of the first one. */
async function findCarried(
  tx: Queryable,
  facts: readonly Named<'message'>[],
): Promise<Map<string, Carried[]>> {
  const asked = facts.flatMap(({ origin, playerId: player }) =>
    origin.messageIds.map((id) => ({ player, id, shown: origin.messageIds[0] ?? id })),
  );
  if (asked.length === 0) return new Map();
  const { rows } = await tx.query<Carried & { shown: string }>({
    name: 'analytics.carried',
    text: `select distinct on (t.shown, b.campaign_id) t.shown, b.campaign_id as "campaignId", b.batch_id as batch
      from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (player, message, shown)
      cross join lateral (
        select batch_id from label_draws d where d.player_id = t.player and d.message_id = t.message and d.code_key is not null
        union all
        select c.batch_id from (select unnest(m.codes) as code_key from messages m
            where m.player_id = t.player and m.message_id = t.message offset 0) told
          cross join lateral (select batch_id from codes c
            where c.code_key = told.code_key and c.holder_id = t.player offset 0) c
        offset 0) d
      cross join lateral (select batch_id, campaign_id from code_batches b where b.batch_id = d.batch_id offset 0) b
      order by t.shown, b.campaign_id, b.batch_id`,
    values: [
      uuids(asked.map(({ player }) => player)),
      uuids(asked.map(({ id }) => id)),
      texts(asked.map(({ shown }) => shown)),
    ],
  });
  return Map.groupBy(rows, ({ shown }) => shown);
}

/** What codes were taken as that were counted before, by activation. */
async function findTaken(
  tx: Queryable,
  brandId: string,
  asked: readonly { readonly playerId: string; readonly activationId: string }[],
): Promise<Map<string, Profile | null>> {
  if (asked.length === 0) return new Map();
  const { rows } = await tx.query<{ activationId: string; profileId: string | null }>({
    name: 'analytics.taken',
    text: `select f.fact_id as "activationId", f.profile_id as "profileId"
      from unnest($1::uuid[], $2::uuid[]) as t (player, activation)
      cross join lateral (select fact_id, profile_id from facts f
        where f.player_id = t.player and f.fact_id = t.activation and f.measure = 'accepted' offset 0) f`,
    values: [uuids(asked.map((one) => one.playerId)), uuids(asked.map(({ activationId }) => activationId))],
  });
  const found = await withProfiles(tx, brandId, rows);
  return new Map(found.map(({ activationId, profile }) => [activationId, profile]));
}
