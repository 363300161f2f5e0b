import { hash } from 'node:crypto';
import { ok, type Result, refuse } from '@promosmith/core';
import { endSpins, isOver, playRound } from '@promosmith/core/freespins';
import type { CurrencyTable } from '@promosmith/core/money';
import { validate as isUuid } from 'uuid';
import type { Queryable } from '../../platform/db.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import type { GrantKey } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { currenciesOf, currencyIn, inMinor } from './amounts.ts';
import { issuedEvent } from './announce.ts';
import { activateGrant } from './packages/grants.ts';
import { findKey, lockPackage, markIssued, type PackageRow, saveProgress } from './packages/store.ts';
import type { ConnectedAccount, Providers } from './providers/service.ts';
import { ADAPTERS, type SpinsCallback } from './shapes/index.ts';
import type { ReceivedCallback } from './shapes/shape.ts';
import { loadReward, spinsOf } from './terms.ts';

/** What a provider is answered, the first time and ever after. */
export interface CallbackAnswer {
  readonly transactionId: string;
  /** The grant's id. */
  readonly freeSpins: string;
  readonly state: string;
  readonly played: number;
  /** Minor units. */
  readonly won: number;
  /** ISO 8601 UTC */
  readonly processedAt: string;
}

/** Where a callback came in. */
export interface CallbackAddress {
  /** Slug. */
  readonly brand: string;
  /** Its name. */
  readonly provider: string;
}

export interface Callbacks {
  /**
   * Takes what a provider tells: checked by its signature, processed once for each of its transactions, and answered
   * with the stored answer ever after. A refusal stores nothing.
   */
  receive(
    address: CallbackAddress,
    received: ReceivedCallback,
    requestId: string,
  ): Promise<Result<CallbackAnswer & Readonly<Record<string, unknown>>>>;
}

/** @param onOver told, after the commit, that spins are over: their winnings can be paid. */
export function createCallbacks(
  { db, metrics }: Pick<Platform, 'db' | 'metrics'>,
  { brands, providers }: { brands: Brands; providers: Providers },
  onOver: () => void,
): Callbacks {
  const received = metrics.counter(
    'promosmith_provider_callbacks_total',
    'Callbacks of providers of free spins, by shape and outcome',
    ['shape', 'outcome'],
  );

  /** @param of the brand and provider that the signature is checked for. */
  async function receiveFor(
    { brandId, provider }: { brandId: string; provider: string },
    account: ConnectedAccount,
    callback: ReceivedCallback,
    requestId: string,
  ): Promise<Result<CallbackAnswer>> {
    const read = readSigned(account, callback);
    if (!read.ok) return read;
    const { grantId } = read.value;
    const key = isUuid(grantId) ? await findKey(db, { brandId, grantId, provider }) : undefined;
    if (!key) return refuse('not_found', `There are no free spins ${grantId} of this provider.`);
    const currencies = await currenciesOf(brands, brandId);
    const taken = await db.transaction((tx) => take(tx, currencies, key, read.value, requestId));
    if (!taken.ok) return taken;
    if (taken.value.isOver) onOver();
    return ok(taken.value.answer);
  }

  return {
    async receive({ brand: slug, provider }, callback, requestId) {
      const brand = await brands.bySlug(slug);
      const account = brand && (await providers.account(db, brand.brandId, provider));
      if (!brand || !account)
        return refuse('not_found', `There is no free-round provider ${provider} of ${slug}.`);
      const answered = await receiveFor({ brandId: brand.brandId, provider }, account, callback, requestId);
      const { shape } = account;
      received.inc({ shape, outcome: answered.ok ? 'taken' : answered.refusal.key });
      return answered.ok ? ok({ ...answered.value, ...ADAPTERS[shape].answerExtras }) : answered;
    },
  };
}

/** Read under the secret in force, or else under the one before while that is still good. */
function readSigned(account: ConnectedAccount, callback: ReceivedCallback): Result<SpinsCallback> {
  const adapter = ADAPTERS[account.shape];
  const current = adapter.read(account, callback);
  const { previousSecret: secret } = account;
  if (current.ok || current.refusal.key !== 'signature_invalid' || secret === null) return current;
  return adapter.read({ ...account, secret }, callback);
}

/** The package's lock makes any number of callbacks at once one after another. */
async function take(
  tx: Queryable,
  currencies: CurrencyTable,
  key: GrantKey,
  callback: SpinsCallback,
  requestId: string,
): Promise<Result<{ answer: CallbackAnswer; isOver: boolean }>> {
  await activateGrant(tx, key);
  const row = await lockPackage(tx, key);
  if (!row) throw new Error(`free spins ${key.grantId} went away`);
  const digest = hash('sha256', JSON.stringify(callback), 'hex');
  const before = await findAnswer(tx, key, callback.transactionId);
  if (before)
    return before.digest === digest
      ? ok({ answer: before.answer, isOver: false })
      : toldOtherwise(callback.transactionId);
  const counted = await count(tx, currencies, row, callback);
  if (!counted.ok) return counted;
  const { state, played, won } = counted.value;
  const issued: NewEvent[] = row.issuedAt ? [] : [issuedEvent(row)];
  if (!row.issuedAt) await markIssued(tx, key, null);
  await saveProgress(tx, key, counted.value);
  const time = row.now.toISOString();
  const { transactionId } = callback;
  const answer = { transactionId, freeSpins: key.grantId, state, played, won, processedAt: time };
  await storeAnswer(tx, key, transactionId, digest, answer);
  const actor = { kind: 'system', id: `provider/${row.provider}` } as const;
  await publish(tx, { brandId: row.brandId, actor, correlationId: requestId, time }, issued);
  return ok({ answer, isOver: isOver(counted.value) });
}

async function count(
  tx: Queryable,
  currencies: CurrencyTable,
  row: PackageRow,
  { player, currency, told }: SpinsCallback,
) {
  if (
    (player !== undefined && player !== row.playerExternalId) ||
    (currency ?? row.currency) !== row.currency
  )
    return MISMATCH;
  const inUnits = inMinor(told, currencyIn(currencies, row.currency));
  if (!inUnits.ok) return inUnits;
  const spins = spinsOf(row, await loadReward(tx, row));
  return told.kind === 'round'
    ? playRound(spins, inUnits.value.won)
    : endSpins(spins, { as: told.as, played: told.played, won: inUnits.value.won });
}

const MISMATCH = refuse('free_spins_mismatch', 'These spins were ordered for another player or currency.');

const toldOtherwise = (transactionId: string) =>
  refuse('conflict', `Transaction ${transactionId} was told with another content.`);

async function findAnswer(
  tx: Queryable,
  { playerId, grantId }: GrantKey,
  transactionId: string,
): Promise<{ digest: string; answer: CallbackAnswer } | undefined> {
  const { rows } = await tx.query<{ digest: string; answer: CallbackAnswer }>(
    `select digest, answer from free_spin_callbacks where player_id = $1 and grant_id = $2 and transaction_id = $3`,
    [playerId, grantId, transactionId],
  );
  return rows[0];
}

async function storeAnswer(
  tx: Queryable,
  { playerId, grantId }: GrantKey,
  transactionId: string,
  digest: string,
  answer: CallbackAnswer,
): Promise<void> {
  await tx.query(
    `insert into free_spin_callbacks (player_id, grant_id, transaction_id, digest, answer) values ($1, $2, $3, $4, $5)`,
    [playerId, grantId, transactionId, digest, JSON.stringify(answer)],
  );
}
