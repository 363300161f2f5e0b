import type {
  CampaignState,
  LocalClock,
  Millis,
  OpenGrant,
  PlayerState,
  World,
} from '@promosmith/core/activation';
import { type CodeState, counterKeys, knownCode, localClock } from '@promosmith/core/activation';
import type { Queryable } from '../../../platform/db.ts';
import { loadOpenGrants } from '../../bonuses/index.ts';
import { loadCampaignsOf, loadCodes } from '../../codes/index.ts';
import { type InlinePlayer, type KnownPlayer, loadPlayers } from '../../players/index.ts';
import { loadGuesses } from '../guesses/guessers.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { loadCounters } from './counters.ts';
import type { Pending } from './pending.ts';
import { playerState, toSave } from './player-state.ts';
import { loadPersons, loadRisk, type Try, type WhoIsBehind } from './risk.ts';

/** What a batch is decided on. Worlds differ by brand in the wall clock, the law and what indicators weigh. */
export interface Loaded {
  readonly now: Millis;
  /** Players to write down with the batch. */
  readonly newcomers: readonly InlinePlayer[];
  /** What there was of codes and counters. */
  readonly codes: World['codes'];
  readonly counters: World['counters'];
  worldOf(brand: Pick<Pending, 'timeZone' | 'jurisdiction' | 'riskPolicy'>): World;
}

/**
 * Loads everything the batch can touch, in two round trips: what the requests name, then what that leads to. A limit per
 * person takes one more, to learn what the person is counted by. Nothing is locked; the writes are guarded instead.
 */
export async function loadWorld(
  connection: Queryable,
  campaigns: CampaignCache,
  risk: WhoIsBehind,
  batch: readonly Pending[],
): Promise<Loaded> {
  const codeKeys = unique(batch.flatMap(({ attempt }) => attempt.codeKeys));
  const [now, codes, live, players, guesses] = await Promise.all([
    databaseNow(connection),
    loadCodes(connection, codeKeys),
    loadCampaignsOf(connection, codeKeys),
    loadPlayers(connection, unique(batch.map(({ attempt }) => attempt.playerId))),
    loadGuesses(connection, batch),
  ]);
  const clocks = new Map(
    unique(batch.map(({ timeZone }) => timeZone)).map((zone) => [zone, localClock(now, zone)]),
  );
  const campaignStates = await campaigns.states(connection, live);
  const tries = triesOf(batch, codes, campaignStates);
  const persons = await loadPersons(connection, risk, tries);
  const states = playerStates(batch, players, now, clocks, persons);
  const second = secondRound(tries, states, clocks);
  const [counters, openGrants, known] = await Promise.all([
    loadCounters(connection, second.counterKeys),
    second.exclusivePlayers.length > 0
      ? loadOpenGrants(connection, second.exclusivePlayers)
      : new Map<string, OpenGrant[]>(),
    loadRisk(connection, risk, tries, players, now),
  ]);
  return {
    now,
    codes,
    counters,
    newcomers: toSave(batch, players),
    worldOf({ timeZone, jurisdiction, riskPolicy }) {
      const clock = clocks.get(timeZone) ?? localClock(now, timeZone);
      return {
        now,
        clock,
        jurisdiction,
        codes,
        campaigns: campaignStates,
        players: states,
        counters,
        openGrants,
        guesses,
        risk: known,
        riskPolicy,
      };
    },
  };
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

async function databaseNow(connection: Queryable): Promise<Millis> {
  const { rows } = await connection.query<{ now: Date }>({
    name: 'now',
    text: 'select clock_timestamp() as now',
  });
  return rows[0]?.now.getTime() ?? Number.NaN;
}

/** @param persons what people are counted by, where a limit asks; otherwise it is the account. */
function playerStates(
  batch: readonly Pending[],
  known: ReadonlyMap<string, KnownPlayer>,
  now: Millis,
  clocks: ReadonlyMap<string, LocalClock>,
  persons: ReadonlyMap<string, readonly string[]>,
): Map<string, PlayerState> {
  const states = new Map<string, PlayerState>();
  for (const pending of batch) {
    const { playerId } = pending.attempt;
    if (states.has(playerId) && !pending.playerDetails) continue;
    const clock = clocks.get(pending.timeZone) ?? localClock(now, pending.timeZone);
    const person = persons.get(playerId) ?? [playerId];
    states.set(playerId, playerState(pending, known.get(playerId), now, clock, person));
  }
  return states;
}

/** The attempts whose code is known, with what they are for. */
function triesOf(
  batch: readonly Pending[],
  codes: ReadonlyMap<string, CodeState>,
  campaigns: ReadonlyMap<string, CampaignState>,
): Try[] {
  return batch.flatMap((pending) => {
    const code = knownCode({ codes }, pending.attempt);
    const campaign = code && campaigns.get(code.campaignId)?.campaign;
    return code && campaign ? [{ pending, code, campaign }] : [];
  });
}

function secondRound(
  tries: readonly Try[],
  players: ReadonlyMap<string, PlayerState>,
  clocks: ReadonlyMap<string, World['clock']>,
): { counterKeys: string[]; exclusivePlayers: string[] } {
  const keys = new Set<string>();
  const exclusivePlayers = new Set<string>();
  for (const { pending, code, campaign } of tries) {
    const { attempt, timeZone } = pending;
    const player = players.get(attempt.playerId);
    const clock = clocks.get(timeZone);
    if (!player || !clock) continue;
    for (const key of counterKeys(campaign, code, attempt, player, clock)) keys.add(key);
    if (campaign.terms.exclusive || campaign.terms.exclusiveGroup !== null)
      exclusivePlayers.add(attempt.playerId);
  }
  return { counterKeys: [...keys], exclusivePlayers: [...exclusivePlayers] };
}
