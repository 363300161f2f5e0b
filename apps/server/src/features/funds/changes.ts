import { type Refusal, refuse } from '@promosmith/core';
import { type GrantFunds, refusalOf } from '@promosmith/core/funds';
import type { Queryable } from '../../platform/db.ts';
import { applyAll, NOTHING_LEFT, type Work } from './apply.ts';
import { type Indexed, type Item, itemsOf } from './asked.ts';
import type { ChangeResult, FundsChange } from './change.ts';
import { fundsAt, isInOrder } from './folding/fold-on.ts';
import { nameOf } from './folding/wallet.ts';
import { type Settled, writeDown } from './making.ts';
import { type Owner, openWallets } from './open.ts';
import { isRollback } from './rollbacks.ts';
import type { Named } from './store/grants.ts';
import { currenciesOf, databaseNow, expectVoids } from './store/wallets.ts';

/** See the room's index. */
export async function changeFunds(tx: Queryable, changes: readonly FundsChange[]): Promise<ChangeResult[]> {
  const results: ChangeResult[] = [];
  for (const pass of passesOf(changes)) await changeOnce(tx, pass, results);
  return results;
}

/** Parts with at most one change of a player each, which keep every player's order. */
function passesOf(changes: readonly FundsChange[]): Indexed[][] {
  const passes: Indexed[][] = [];
  const counts = new Map<string, number>();
  for (const [index, change] of changes.entries()) {
    const nth = counts.get(change.playerId) ?? 0;
    counts.set(change.playerId, nth + 1);
    const pass = passes[nth];
    if (pass) pass.push([index, change]);
    else passes.push([[index, change]]);
  }
  return passes;
}

async function changeOnce(tx: Queryable, pass: readonly Indexed[], results: ChangeResult[]): Promise<void> {
  const rollbacks = pass.flatMap(([, { change, playerId }]) => (isRollback(change) ? [playerId] : []));
  const owners = await ownersOf(tx, pass, rollbacks);
  const [wallets, now] = await Promise.all([openWallets(tx, owners, namedBy(pass)), databaseNow(tx)]);
  if (rollbacks.length > 0) await expectVoids(tx, rollbacks);
  const items = await itemsOf(tx, pass, wallets, now, results);
  const taken = items.filter((item) => {
    const refusal = refusedBy(item);
    if (refusal) results[item.index] = { ok: false, refusal };
    return refusal === null;
  });
  if (taken.length === 0) return;
  const left = await applyAll(tx, taken.map(workOf), now);
  const settled = taken.map((item, nth): Settled => ({ item, left: left[nth] ?? NOTHING_LEFT }));
  const { refused = [], done = [] } = Object.groupBy(settled, ({ item: { event }, left }) =>
    left.keepsRemoved || (event && left.refused.has(event)) ? 'refused' : 'done',
  );
  for (const { item } of refused) results[item.index] = tooLarge;
  await writeDown(tx, done, now, results);
}

const tooLarge = refuse('amount_too_large', 'With this amount the balance would be too large to be exact.');

/** A round may be of any of the player's wallets, and a bet of it still under way: a rollback holds them all. */
async function ownersOf(
  tx: Queryable,
  pass: readonly Indexed[],
  rollbacks: readonly string[],
): Promise<Owner[]> {
  const owners = new Map(pass.map(([, change]) => [nameOf(change), ownerOf(change)]));
  const changes = new Map(pass.map(([, change]) => [change.playerId, change]));
  for (const key of rollbacks.length > 0 ? await currenciesOf(tx, rollbacks) : []) {
    const change = changes.get(key.playerId);
    if (change) owners.set(nameOf(key), { ...ownerOf(change), ...key });
  }
  return [...owners.values()];
}

const ownerOf = ({ playerId, currency, brandId, playerExternalId: player }: FundsChange): Owner => ({
  ...{ playerId, currency, brandId, player },
});

/** Bonuses that are over and that the change brings back, or keeps from ever coming back. */
const namedBy = (pass: readonly Indexed[]): Named[] =>
  pass.flatMap(([, { playerId, reference, change }]): Named[] => {
    const named = { playerId, grantId: null, forfeitedBy: null, depositId: null };
    const isTakenBack = change.kind === 'end' && change.takesBack === true;
    if (change.kind === 'reinstate' || isTakenBack) return [{ ...named, grantId: change.grantId }];
    if (change.kind === 'withdrawal_cancelled') return [{ ...named, forfeitedBy: reference }];
    return change.kind === 'deposit_reversed' ? [{ ...named, depositId: reference }] : [];
  });

/** Why the change may not be made: asked only of what is told in order, for what was done before cannot be refused. */
function refusedBy({ change: { change }, wallet, event }: Item): Refusal | null {
  if (!event || !isInOrder(wallet.last, event)) return null;
  const funds = fundsAt(wallet, event.at);
  const grant =
    'grantId' in change ? funds.grants.find(({ grantId }) => grantId === change.grantId) : undefined;
  switch (change.kind) {
    case 'stake':
    case 'withdrawal_requested': {
      if (event.kind !== 'stake' && event.kind !== 'withdrawal_requested') return null;
      const refusal = refusalOf(funds, event);
      const isMirrored = change.kind === 'withdrawal_requested' && change.isMirrored;
      return isMirrored && refusal?.key !== 'withdrawal_blocked' ? null : refusal;
    }
    case 'end':
      return grant?.state === 'active' || (change.takesBack && grant !== undefined && mayLive(grant))
        ? null
        : notActive;
    case 'extend':
      return grant?.state === 'active' ? null : notActive;
    case 'reinstate': {
      const isOver = grant?.expiresAt !== null && grant !== undefined && grant.expiresAt <= event.at;
      return grant !== undefined && mayLive(grant) && grant.remainder > 0 && !isOver ? null : notActive;
    }
    default:
      return null;
  }
}

/** Whether a bonus that is over may come back, by a person, a withdrawal cancelled or a round rolled back. */
const mayLive = ({ state }: GrantFunds): boolean => state === 'lost' || state === 'forfeited';

const notActive = refuse(
  'grant_not_active',
  'The bonus is not in a state in which this could be done.',
).refusal;

const workOf = ({ wallet, event, removed }: Item): Work => ({
  wallet,
  events: event ? [event] : [],
  removed,
});
