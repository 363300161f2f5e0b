import {
  type Assessment,
  assess,
  type Band,
  canonicalEmail,
  DEFAULT_POLICY,
  INDICATOR_NAMES,
} from '@promosmith/core/risk';
import { texts, uuids } from '../../../platform/arrays.ts';
import type { Database } from '../../../platform/db.ts';
import { playerId } from '../../../platform/ids.ts';
import type { SetAside } from '../../../platform/set-aside.ts';
import { indexRanges } from '../addresses/ranges.ts';
import type { Identifiers } from '../identifiers/keys.ts';
import { linkNew } from '../linking/index.ts';
import { keepSightings } from '../linking/sightings.ts';
import { tellingOf } from '../linking/telling.ts';
import { riskLoader } from '../lookup.ts';
import { reassessDue } from '../profiles/reassess.ts';
import { type Account, isAbuse, type Truth, type World } from './generate.ts';

/** An account with what was found of it. */
export interface Found {
  readonly account: Account;
  readonly assessment: Assessment;
}

export interface Measured {
  /** Of those that were held or declined, how many were abuse: 0 to 1. */
  readonly precision: number;
  /** Of those that were abuse, how many were held or declined: 0 to 1. */
  readonly recall: number;
  readonly byTruth: Readonly<Partial<Record<Truth, Readonly<Record<Band, number>>>>>;
}

const AT_ONCE = 1_000;

/** In a made-up world nothing may fail. */
const NOTHING_ASIDE: SetAside = { names: () => [], work: async (items, _, work) => [await work(items)] };

/**
 * Lives through a world as the server does: what the platform tells is kept, accounts are linked and looked at in the
 * background, and then everybody tries a code whose campaign counts all indicators, at the weights as shipped.
 */
export async function measureWorld(
  db: Database,
  identifiers: Identifiers,
  brandId: string,
  { accounts, ranges }: World,
): Promise<Found[]> {
  const known = indexRanges(ranges);
  const telling = tellingOf(identifiers, known);
  for (const part of parts(accounts)) await register(db, telling, brandId, part);
  await db.query('vacuum analyze players');
  while (await linkNew(db, NOTHING_ASIDE, telling));
  await db.query('vacuum analyze risk_links, risk_identifiers, risk_profiles');
  const load = riskLoader(identifiers, known);
  while (await reassessDue(db, NOTHING_ASIDE, load));
  const all = new Set(INDICATOR_NAMES);
  const found: Found[] = [];
  for (const part of parts(accounts)) {
    const loaded = await load(
      db,
      part.map(({ name, device, ip }) => ({
        ...{ brandId, playerId: playerId(brandId, name), deviceId: device, ip, ipCountry: 'DE' },
      })),
    );
    for (const [n, account] of part.entries()) {
      const one = loaded[n];
      if (!one) throw new Error(`nothing was loaded of ${account.name}`);
      const { registeredAgo, country } = account;
      const asked = { ...one, registeredAgo, country, channel: 'account' };
      found.push({ account, assessment: assess(asked, DEFAULT_POLICY, all) });
    }
  }
  return found;
}

function* parts(accounts: readonly Account[]): Generator<readonly Account[]> {
  for (let from = 0; from < accounts.length; from += AT_ONCE) yield accounts.slice(from, from + AT_ONCE);
}

/** Writes accounts down with what is told of them: data, a login, and a deposit by most. */
function register(
  db: Database,
  identifiers: Identifiers,
  brandId: string,
  accounts: readonly Account[],
): Promise<void> {
  const ids = uuids(accounts.map(({ name }) => playerId(brandId, name)));
  const identify = (kind: 'device' | 'address' | 'payment', text: string | null) =>
    text === null ? [] : (identifiers.identify(brandId, kind, text) ?? []);
  return db.transaction(async (tx) => {
    await tx.query(
      `insert into players (player_id, brand_id, external_id, email, email_canonical, phone, country, household)
       select player_id, $1, name, email, canonical, phone, country, household
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
         as t (player_id, name, email, canonical, phone, country, household)`,
      [
        ...[brandId, ids],
        texts(accounts.map(({ name }) => name)),
        texts(accounts.map(({ email }) => email)),
        texts(accounts.map(({ email }) => canonicalEmail(email) ?? null)),
        texts(accounts.map(({ phone }) => phone)),
        texts(accounts.map(({ country }) => country)),
        texts(accounts.map(({ household }) => household)),
      ],
    );
    await tx.query(
      `insert into guesses (guess_key, brand_id, window_started_at, misses, lockouts, locked_until)
       select 'p:' || player_id, $1, now(), 0, lockouts, now()
       from unnest($2::uuid[], $3::int[]) as t (player_id, lockouts) where lockouts > 0`,
      [brandId, ids, accounts.map(({ lockouts }) => lockouts)],
    );
    await keepSightings(
      tx,
      accounts.map(({ name, device, ip, instrument }) => ({
        brandId,
        playerId: playerId(brandId, name),
        identifiers: [
          ...[identify('device', device), identify('address', ip), identify('payment', instrument)].flat(),
        ],
        at: Date.now(),
      })),
    );
  });
}

const isCaught = ({ assessment: { band } }: Found): boolean => band === 'hold' || band === 'decline';

/** Compares what was found with the truth. */
export function judge(found: readonly Found[]): Measured {
  const caught = found.filter(isCaught);
  const right = caught.filter(({ account }) => isAbuse(account)).length;
  const abuse = found.filter(({ account }) => isAbuse(account)).length;
  const byTruth: Partial<Record<Truth, Record<Band, number>>> = {};
  for (const { account, assessment } of found) {
    const counts = byTruth[account.truth] ?? { allow: 0, flag: 0, hold: 0, decline: 0 };
    counts[assessment.band]++;
    byTruth[account.truth] = counts;
  }
  return { precision: right / caught.length, recall: right / abuse, byTruth };
}
