import { newId } from '../../apps/server/src/platform/ids.ts';
import type { Bench, Group } from '../bench.ts';
import { CURRENCY } from '../environment/campaigns.ts';
import { BETTORS, BONUS_IN_PLAY, fillBets, makeBonuses } from '../environment/wagering.ts';
import { type LoadPlan, type LoadResult, runLoad } from '../load/index.ts';
import { compared, note, summary } from '../report.ts';
import { allAnswered, REPEATS, TIMED } from './activate.ts';

const PER_REQUEST = 500;
const CALLERS = 6;
const STAKE = 100;
const FEW_STORED = 10_000;
const MANY_STORED = 1_000_000;
/** So short that a run stores little beside what was there. */
const SHORT = { warmUpMs: 300, measureMs: 1_500 } as const;
/** Until every page of large indexes was written since the last checkpoint: the first time costs, once in minutes. */
const WRITTEN_ONCE = { warmUpMs: 0, measureMs: 10_000 } as const;
const SINGLE = { warmUpMs: 1_000, measureMs: 4_000 } as const;

interface Overrides {
  perRequest?: number;
  callers?: number;
  until?: LoadPlan['until'];
  /** Whether to start right after a checkpoint, as most runs do. */
  settled?: boolean;
}

/** Tells of settled bets, and compares what is stored with what was answered. @returns the load's result. */
async function play(
  bench: Bench,
  campaignId: string,
  { perRequest = PER_REQUEST, callers = CALLERS, until = TIMED, settled = true }: Overrides = {},
): Promise<LoadResult> {
  const { url } = await bench.server();
  const before = await storedOf(bench, campaignId);
  if (settled) await bench.settle();
  const result = await runLoad({
    url,
    shape: { method: 'POST', path: '/v1/events', key: bench.brand.key, body: '', run: newId() },
    callers,
    players: BETTORS,
    codes: [],
    until,
    bets: { perRequest, stake: STAKE, currency: CURRENCY },
  });
  const told = allAnswered(200, result) * perRequest;
  const after = await storedOf(bench, campaignId);
  const wrong = [
    after.bets - before.bets !== told && `${after.bets - before.bets} bets were stored of ${told} told`,
    after.wagered - before.wagered !== told * STAKE && 'the turnover is not that of the bets',
    after.balance - before.balance !== after.net - before.net && 'the balances are not those of the bets',
  ].filter((line) => line !== false);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return result;
}

interface Stored {
  bets: number;
  net: number;
  wagered: number;
  balance: number;
}

async function storedOf({ db }: Bench, campaignId: string): Promise<Stored> {
  const { rows } = await db.query<Stored>(
    `select (select count(*) from bets)::int as bets,
       (select coalesce(sum(bonus_win - bonus_stake), 0) from bets)::bigint as net,
       (select coalesce(sum(wagered / 10000), 0) from grants where campaign_id = $1)::bigint as wagered,
       (select sum(balance) - count(*) * ${BONUS_IN_PLAY} from grants where campaign_id = $1)::bigint as balance`,
    [campaignId],
  );
  if (!rows[0]) throw new Error('nothing is stored');
  return rows[0];
}

const bonuses = (bench: Bench): Promise<string> =>
  bench.once('bonuses', async () => {
    const campaignId = await makeBonuses(bench.db, bench.brand);
    await play(bench, campaignId, { until: { warmUpMs: 0, measureMs: 6_000 } });
    return campaignId;
  });

const eventsPerSecond = ({ perSecond }: LoadResult, perRequest = PER_REQUEST): number =>
  perSecond * perRequest;

/** Settled bets in large batches: how fast wagering is taken in. */
export const wageringIntake: Group = {
  names: ['wagering.intake'],
  async measure(bench) {
    const campaignId = await bonuses(bench);
    const rates: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const result = await play(bench, campaignId);
      note(`bets: ${Math.round(eventsPerSecond(result))}/s, p99 of a call ${result.p99Ms.toFixed(0)} ms`);
      rates.push(eventsPerSecond(result));
    }
    return [{ name: 'wagering.intake', unit: '1/s', ...summary(rates) }];
  },
};

/** What a bet costs when very many are stored, over what it costs when few are. */
export const wageringGrowth: Group = {
  names: ['wagering.growth'],
  async measure(bench) {
    const campaignId = await bonuses(bench);
    const costOf = async (stored: number): Promise<number> => {
      const rate = eventsPerSecond(await play(bench, campaignId, { until: SHORT, settled: false }));
      note(`${stored} bets stored: ${Math.round(rate)}/s`);
      return 1_000_000 / rate;
    };
    const few: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      await bench.db.query('truncate bets');
      await fillBets(bench.db, bench.brand, FEW_STORED);
      few.push(await costOf(FEW_STORED));
    }
    await fillBets(bench.db, bench.brand, MANY_STORED);
    await play(bench, campaignId, { until: WRITTEN_ONCE });
    const many: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) many.push(await costOf(MANY_STORED));
    const baseline = summary(few).value;
    return [compared({ name: 'wagering.growth', unit: 'µs', ...summary(many), baseline })];
  },
};

/** One caller that tells of one bet at a time: what a single player waits. */
export const wageringSingle: Group = {
  names: ['wagering.single_p99_ms'],
  async measure(bench) {
    const campaignId = await bonuses(bench);
    const p99s: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const result = await play(bench, campaignId, { perRequest: 1, callers: 1, until: SINGLE });
      note(`one at a time: p50 ${result.p50Ms.toFixed(1)} ms, p99 ${result.p99Ms.toFixed(1)} ms`);
      p99s.push(result.p99Ms);
    }
    return [{ name: 'wagering.single_p99_ms', unit: 'ms', ...summary(p99s) }];
  },
};
