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
import { loadGuesses } from '../guessing.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { loadCounters } from './counters.ts';
import type { Pending } from './pending.ts';
import { playerState, toSave } from './player-state.ts';

/** What a batch is decided on. Worlds differ by brand in the wall clock and the law. */
export interface Loaded {
  readonly now: Millis;
  /** Players to write down with the batch. */
  readonly newcomers: readonly InlinePlayer[];
  /** What there was of codes and counters. */
  readonly codes: World['codes'];
  readonly counters: World['counters'];
  worldOf(brand: Pick<Pending, 'timeZone' | 'jurisdiction'>): World;
}

/**
 * Loads everything the batch can touch, in two round trips: what the requests name, then what that leads to.
 * Nothing is locked; the writes are guarded instead.
 */
export async function loadWorld(
  connection: Queryable,
  campaigns: CampaignCache,
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
  const states = playerStates(batch, players, now, clocks);
  const campaignStates = await campaigns.states(connection, live);
  const second = secondRound(batch, codes, campaignStates, states, clocks);
  const [counters, openGrants] = await Promise.all([
    loadCounters(connection, second.counterKeys),
    second.exclusivePlayers.length > 0
      ? loadOpenGrants(connection, second.exclusivePlayers)
      : new Map<string, OpenGrant[]>(),
  ]);
  return {
    now,
    codes,
    counters,
    newcomers: toSave(batch, players),
    worldOf({ timeZone, jurisdiction }) {
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

function playerStates(
  batch: readonly Pending[],
  known: ReadonlyMap<string, KnownPlayer>,
  now: Millis,
  clocks: ReadonlyMap<string, LocalClock>,
): Map<string, PlayerState> {
  const states = new Map<string, PlayerState>();
  for (const pending of batch) {
    const { playerId } = pending.attempt;
    if (states.has(playerId) && !pending.playerDetails) continue;
    const clock = clocks.get(pending.timeZone) ?? localClock(now, pending.timeZone);
    states.set(playerId, playerState(pending, known.get(playerId), now, clock));
  }
  return states;
}

function secondRound(
  batch: readonly Pending[],
  codes: ReadonlyMap<string, CodeState>,
  campaigns: ReadonlyMap<string, CampaignState>,
  players: ReadonlyMap<string, PlayerState>,
  clocks: ReadonlyMap<string, World['clock']>,
): { counterKeys: string[]; exclusivePlayers: string[] } {
  const keys = new Set<string>();
  const exclusivePlayers = new Set<string>();
  for (const { attempt, timeZone } of batch) {
    const code = knownCode({ codes }, attempt);
    const campaign = code && campaigns.get(code.campaignId)?.campaign;
    const player = players.get(attempt.playerId);
    const clock = clocks.get(timeZone);
    if (!code || !campaign || !player || !clock) continue;
    for (const key of counterKeys(campaign, code, attempt, player, clock)) keys.add(key);
    if (campaign.terms.exclusive || campaign.terms.exclusiveGroup !== null)
      exclusivePlayers.add(attempt.playerId);
  }
  return { counterKeys: [...keys], exclusivePlayers: [...exclusivePlayers] };
}
