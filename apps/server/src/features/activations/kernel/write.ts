import type { Claim } from '@promosmith/core/activation';
import { bonusGranted } from '@promosmith/core/ledger';
import { allEnded } from '../../../platform/all-ended.ts';
import { instants, int4s, jsons, shareOut, sharingRowsOf, texts, uuids } from '../../../platform/arrays.ts';
import { type Queryable, sqlState } from '../../../platform/db.ts';
import { insertGrants, type NewGrant } from '../../bonuses/index.ts';
import { openCases } from '../../cases/index.ts';
import { insertPostings, type NewPosting } from '../../ledger/index.ts';
import type { StoredTake } from '../give-back.ts';
import { missesOf, recordMisses } from '../guesses/guessers.ts';
import { isQuiet, publishDecisions, publishReached, quietBounds } from './announce.ts';
import { areSent } from './are-sent.ts';
import {
  GuardFailed,
  makeCounters,
  type Take,
  takeCodes,
  takeCounters,
  takeWithinBounds,
} from './counters.ts';
import type { Decided } from './decided.ts';
import { exclusivesOf, writePlayers } from './exclusives.ts';
import { heldCases } from './held-cases.ts';
import { type OutlinedChecks, saveOutlines } from './outlines.ts';
import type { Loaded } from './world.ts';

const UNIQUE_VIOLATION = '23505';
const GUARD_FAILED = 'GF001';

/**
 * Writes a decided batch in one transaction, in the lock order of ARCHITECTURE.md: what is each player's own first,
 * what everybody shares last. As long as no shared counter comes near a value that must be told of, the commit travels
 * with the writes, so that a hot counter is held for nothing but the commit.
 * @throws GuardFailed when the world has moved on; nothing is written then.
 */
export async function writeBatch(
  connection: Queryable,
  decided: readonly Decided[],
  checks: OutlinedChecks,
  { newcomers, counters, codes }: Pick<Loaded, 'newcomers' | 'counters' | 'codes'>,
): Promise<void> {
  const takes = sumTakes(decided, counters, codes);
  const misses = missesOf(decided);
  const cases = heldCases(decided);
  const quiet = misses.length === 0 && cases.length === 0 && takes.every(isQuiet);
  const cold = takes.filter(({ hot }) => !hot);
  const shared = takes.filter(({ hot }) => hot);
  const hot = quiet ? shared.map((take) => ({ ...take, ...quietBounds(take) })) : shared;
  const grants = decided.flatMap(toGrants);
  const postings = decided.flatMap(toPostings);
  try {
    const begun = [connection.query('begin'), ...writePlayers(connection, newcomers, exclusivesOf(decided))];
    const own = [
      saveOutlines(connection, checks),
      insertActivations(connection, decided, checks),
      insertGrants(connection, grants),
      insertPostings(connection, postings),
      makeCounters(connection, cold.filter(isNew)),
      takeCounters(
        connection,
        cold.filter((take) => !isNew(take)),
        false,
      ),
      publishDecisions(connection, decided),
      recordMisses(connection, misses),
      openCases(connection, cases),
      takeCodes(connection, cold, false),
    ];
    const hotCodes = takeCodes(connection, hot, !quiet);
    const hotCounters = quiet ? takeWithinBounds(connection, hot) : takeCounters(connection, hot, true);
    const statements: Promise<unknown>[] = [...begun, ...own, hotCodes, hotCounters];
    if (quiet && (await areSent(statements))) {
      await allEnded([...statements, connection.query('commit')]);
      return;
    }
    await allEnded(statements);
    await publishReached(connection, decided, [...(await hotCodes), ...((await hotCounters) ?? [])]);
    await connection.query('commit');
  } catch (error) {
    await connection.query('rollback');
    const state = sqlState(error);
    if (state === GUARD_FAILED) throw new GuardFailed('a counter');
    // Somebody else used an idempotency key, or made a counter, meanwhile: cheaper to find out than `on conflict` is for
    // every row.
    throw state === UNIQUE_VIOLATION ? new GuardFailed('a unique key') : error;
  }
}

const isNew = ({ before }: Take): boolean => before === undefined;

/** Adds up what the activations take, by counter: one row written per counter, however many take from it. */
function sumTakes(decided: readonly Decided[], counters: Loaded['counters'], codes: Loaded['codes']): Take[] {
  const before = ({ home, counterKey }: Claim): number | undefined => {
    const code = codes.get(counterKey);
    if (home === 'code') return code && code.uses + code.reserved;
    const counter = counters.get(counterKey);
    return counter && counter.used + counter.reserved;
  };
  const takes = new Map<string, Take>();
  for (const { decision } of decided) {
    const isOpen = decision.outcome !== 'accepted';
    for (const claim of decision.claims) {
      let take = takes.get(claim.counterKey);
      if (!take) {
        take = {
          key: claim.counterKey,
          campaignId: decision.campaign?.campaignId ?? '',
          home: claim.home,
          refusal: claim.refusal,
          hot: claim.hot,
          maximum: claim.maximum,
          step: claim.amount,
          before: before(claim),
          from: 0,
          to: claim.maximum,
          used: 0,
          reserved: 0,
        };
        takes.set(claim.counterKey, take);
      }
      const reserved = isOpen ? claim.amount : claim.reserved;
      take.used += claim.amount - reserved;
      take.reserved += reserved;
    }
  }
  return [...takes.values()];
}

const ACTIVATION_ROWS = sharingRowsOf(
  {
    player_id: 'uuid',
    activation_id: 'uuid',
    external_id: 'text',
    idempotency_key: 'text',
    digest: 'text',
    issued: 'json',
    code_key: 'uuid',
    code_shown: 'text',
    entry: 'json',
    outline_id: 'uuid',
    seen: 'json',
    takes: 'json',
  },
  {
    brand_id: 'uuid',
    outcome: 'text',
    refusal_key: 'text',
    campaign_id: 'uuid',
    campaign_version: 'int4',
    awaiting_until: 'timestamptz',
    at: 'timestamptz',
  },
);

/** Whether one offer was decided on, and alike. */
const areDecidedAlike = ({ pending, decision, answer }: Decided, other: Decided): boolean =>
  decision.campaign === other.decision.campaign &&
  decision.refusalKey === other.decision.refusalKey &&
  decision.outcome === other.decision.outcome &&
  decision.awaitingUntil === other.decision.awaitingUntil &&
  pending.brandId === other.pending.brandId &&
  answer.createdAt === other.answer.createdAt;

async function insertActivations(
  connection: Queryable,
  decided: readonly Decided[],
  { outlineIds, seen }: OutlinedChecks,
): Promise<void> {
  const { sets, places } = shareOut(decided, areDecidedAlike);
  const own = <T>(of: (item: Decided) => T): T[] => decided.map(of);
  const shared = <T>(of: (item: Decided) => T): T[] => sets.map(of);
  await connection.query({
    name: 'activations.insert',
    text: `insert into activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest,
        outcome, decided, issued, refusal_key, code_key, code_shown, campaign_id, campaign_version, entry, outline_id, seen,
        takes, awaiting_until, created_at, changed_at)
      select player_id, activation_id, brand_id, external_id, idempotency_key, digest, outcome, outcome, issued, refusal_key,
        code_key, code_shown, campaign_id, campaign_version, entry, outline_id, seen, takes, awaiting_until, at, at
      from (${ACTIVATION_ROWS}) t`,
    values: [
      uuids(own(({ pending }) => pending.attempt.playerId)),
      uuids(own(({ answer }) => answer.activationId)),
      texts(own(({ pending }) => pending.playerExternalId)),
      texts(own(({ pending }) => pending.idempotencyKey)),
      texts(own(({ pending }) => pending.requestDigest)),
      jsons(own(({ answer }) => JSON.stringify(answer.issued))),
      uuids(own(({ answer }) => answer.codeId)),
      texts(own(({ answer }) => answer.codeShown)),
      jsons(own(({ pending }) => JSON.stringify(pending.attempt.entry))),
      uuids(outlineIds),
      jsons(seen),
      jsons(own(({ decision }) => JSON.stringify(decision.claims.map(takeOf)))),
      int4s(places),
      uuids(shared(({ pending }) => pending.brandId)),
      texts(shared(({ answer }) => answer.decided)),
      texts(shared(({ answer }) => answer.refusalKey)),
      uuids(shared(({ answer }) => answer.campaignId)),
      int4s(shared(({ answer }) => answer.campaignVersion)),
      instants(shared(({ decision }) => decision.awaitingUntil)),
      instants(shared(({ answer }) => Date.parse(answer.createdAt))),
    ],
  });
}

const takeOf = ({ counterKey, home, amount }: Claim): StoredTake => [counterKey, home, amount];

function toGrants({ pending, decision, grantIds, answer }: Decided): NewGrant[] {
  return decision.grants.map((grant, index) => ({
    playerId: pending.attempt.playerId,
    grantId: grantIds[index] ?? '',
    brandId: pending.brandId,
    activationId: answer.activationId,
    campaignId: decision.campaign?.campaignId ?? '',
    campaignVersion: decision.campaign?.version ?? 0,
    exclusiveGroup: decision.campaign?.terms.exclusiveGroup ?? null,
    budgetReserved: decision.campaign?.terms.budget ? grant.cost : 0,
    createdAt: answer.createdAt,
    isPromise: decision.outcome !== 'accepted',
    plan: grant,
  }));
}

function toPostings({ pending, decision, grantIds, answer }: Decided): NewPosting[] {
  return decision.grants.flatMap((grant, index) => {
    const grantId = grantIds[index] ?? '';
    const posting = grant.status === 'active' ? bonusGranted(grantId, grant.amount, grant.currency) : null;
    if (!posting) return [];
    return [
      {
        ...posting,
        playerId: pending.attempt.playerId,
        brandId: pending.brandId,
        grantId,
        transactionId: answer.activationId,
        createdAt: answer.createdAt,
      },
    ];
  });
}
