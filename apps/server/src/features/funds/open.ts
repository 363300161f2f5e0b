import type { GrantFunds } from '@promosmith/core/funds';
import type { Queryable } from '../../platform/db.ts';
import { ensurePlayers } from '../players/index.ts';
import { nameOf, type Wallet, type WalletKey } from './folding/wallet.ts';
import { loadActive, loadNamed, type Named, type StoredGrant } from './store/grants.ts';
import { createWallets, lockWallets, type WalletRow } from './store/wallets.ts';

/** Whose wallet it is, as far as making it asks. */
export interface Owner extends WalletKey {
  readonly brandId: string;
  /** What the platform calls the player. */
  readonly player: string;
}

/**
 * Takes the rows of wallets, in key order, makes those that are not there yet, and loads the bonuses under way. What
 * is read after a row was waited for is as new as the row.
 * @param owners each wallet once.
 * @param named bonuses that are over and that an event names.
 * @param whoWaits `skip locked` leaves out wallets that somebody else holds.
 * @returns the wallets by `nameOf`.
 */
export async function openWallets(
  connection: Queryable,
  owners: readonly Owner[],
  named: readonly Named[] = [],
  whoWaits: 'wait' | 'skip locked' = 'wait',
): Promise<Map<string, Wallet>> {
  const sorted = inKeyOrder(owners);
  const [locked, active, over] = await Promise.all([
    lockWallets(connection, sorted, whoWaits),
    loadActive(connection, playersOf(sorted)),
    loadNamed(connection, named),
  ]);
  const grants = Map.groupBy([...over, ...active], nameOf);
  const wallets = new Map(locked.map((row) => toWallet(row, grants)));
  const missing = sorted.filter((owner) => !wallets.has(nameOf(owner)));
  if (missing.length > 0) {
    const [, , rows, begun] = await Promise.all([
      ensurePlayers(
        connection,
        missing.map(({ playerId, brandId, player }) => ({ playerId, brandId, externalId: player })),
      ),
      createWallets(connection, missing),
      lockWallets(connection, missing, whoWaits),
      loadActive(connection, playersOf(missing)),
    ]);
    const late = Map.groupBy(begun, nameOf);
    for (const row of rows) {
      const [name, wallet] = toWallet(row, late);
      wallets.set(name, wallet);
    }
  }
  return wallets;
}

const playersOf = (keys: readonly WalletKey[]): string[] => [
  ...new Set(keys.map(({ playerId }) => playerId)),
];

/** As PostgreSQL sorts them. */
const inKeyOrder = (owners: readonly Owner[]): Owner[] =>
  owners
    .map((owner) => ({ owner, name: nameOf(owner) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ owner }) => owner);

/** A wallet nobody has made yet: nothing but bonuses that have begun. */
export const emptyWallet = (
  { playerId, currency }: WalletKey,
  grants: ReadonlyMap<string, StoredGrant[]>,
): Wallet => {
  const row = { player_id: playerId, currency, brand_id: '', real: 0, open: null, has_voids: false };
  const nothing = { folded_until: null, folded_kind: null, folded_id: null, checkpoint_at: null };
  return toWallet({ ...row, ...nothing }, grants)[1];
};

const NONE: readonly never[] = [];
const NO_SPLITS: Wallet['splits'] = new Map();

export function toWallet(row: WalletRow, grants: ReadonlyMap<string, StoredGrant[]>): [string, Wallet] {
  const key = { playerId: row.player_id, currency: row.currency };
  const name = nameOf(key);
  const own = (grants.get(name) ?? []).toSorted((a, b) => byStart(a.grant, b.grant));
  const last =
    row.folded_until && row.folded_kind !== null && row.folded_id !== null
      ? { at: row.folded_until.getTime(), kind: row.folded_kind, id: row.folded_id }
      : null;
  return [
    name,
    {
      ...key,
      brandId: row.brand_id,
      realBefore: row.real,
      known: own,
      funds: {
        real: row.real,
        grants: own.flatMap(({ grant, isFolded }) => (isFolded ? [grant] : [])),
        rounds: row.open?.rounds ?? [],
        withdrawals: row.open?.withdrawals ?? [],
      },
      last,
      checkpointAt: row.checkpoint_at?.getTime() ?? null,
      starts: own.flatMap(({ grant, isFolded }) => (isFolded ? [] : [grant])),
      hasVoids: row.has_voids,
      lines: NONE,
      splits: NO_SPLITS,
      dividedAgain: NO_SPLITS,
      told: NONE,
      traced: NONE,
      checkpoints: NONE,
      rewoundTo: undefined,
      isChanged: false,
    },
  ];
}

const byStart = (a: GrantFunds, b: GrantFunds): number =>
  a.startedAt - b.startedAt || (a.grantId < b.grantId ? -1 : 1);
